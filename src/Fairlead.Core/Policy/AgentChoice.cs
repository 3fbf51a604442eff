namespace Fairlead.Core.Policy;

/// <summary>The agent that a rule chooses: one in the configuration, any of the logins from an address, or none at all.</summary>
/// <param name="Name">An agent's name in the configuration.</param>
/// <param name="Address">A client address.</param>
internal sealed record AgentChoice(string? Name, string? Address)
{
    /// <summary>No agent answers.</summary>
    public static readonly AgentChoice None = new(null, null);

    private const string AddressPrefix = "from:";

    public bool IsDenial => Name is null && Address is null;

    /// <summary>"none", "from:ADDRESS" or a name.</summary>
    public static AgentChoice Parse(string text)
    {
        if (text == "none")
        {
            return None;
        }

        return text.StartsWith(AddressPrefix, StringComparison.Ordinal)
            ? new AgentChoice(null, text[AddressPrefix.Length..])
            : new AgentChoice(text, null);
    }

    public override string ToString() => Address is not null ? AddressPrefix + Address : Name ?? "none";
}
