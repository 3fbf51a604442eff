namespace Fairlead.Core.Control;

/// <summary>One agent that the daemon knows.</summary>
internal sealed record AgentReport
{
    public required string Name { get; init; }

    public required string Socket { get; init; }

    /// <summary>"forwarded", "registered" or "local".</summary>
    public required string Source { get; init; }

    /// <summary>"live", "busy", "awake", "out of reach", "stalled", "dead" or "unknown".</summary>
    public required string State { get; init; }

    public int? LoginPid { get; init; }

    /// <summary>The login it belongs to, in plain words.</summary>
    public string? Owner { get; init; }
}
