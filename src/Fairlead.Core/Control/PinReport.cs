namespace Fairlead.Core.Control;

/// <summary>
/// An agent or a laptop that is, or was, pinned: what <c>fairlead pin</c> and <c>fairlead unpin</c> print with <c>--json</c>.
/// </summary>
internal sealed record PinReport
{
    public int Version { get; init; } = 1;

    /// <summary>The name of the agent, or the name or address of the laptop; absent when nothing was pinned.</summary>
    public string? Agent { get; init; }

    /// <summary>The laptop's name or address, where it is pinned with all its logins.</summary>
    public string? Laptop { get; init; }

    /// <summary>The same, where it is an address.</summary>
    public string? Address { get; init; }

    /// <summary>The first of the pinned agents that exist now; absent if none does.</summary>
    public string? Socket { get; init; }

    /// <summary>Its state, as <see cref="AgentReport.State"/>.</summary>
    public string? State { get; init; }
}
