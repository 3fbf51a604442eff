using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>A laptop that the person has given a name: <c>[[laptop]]</c>.</summary>
/// <param name="Address">Where its logins come from; null for anywhere.</param>
/// <param name="Key">The fingerprint of a key that its agent lists; null for any keys.</param>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record NamedLaptop(string Name, string? Address, string? Key, int Line)
{
    /// <summary>The agent is forwarded from it, as far as is known: what it lists may not have been seen yet.</summary>
    public bool Fits(AgentFacts agent) =>
        (Address is null || agent.Login?.ClientAddress == Address) && (Key is null || agent.Agent.Keys?.Fingerprints.Contains(Key) == true);
}
