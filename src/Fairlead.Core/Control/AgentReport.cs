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

    /// <summary>The laptop that it is forwarded from, by its name or address; the same for all its logins. Absent for an agent of this machine.</summary>
    public string? Laptop { get; init; }

    /// <summary>How many keys it listed most recently; absent when it has listed none to anybody yet.</summary>
    public int? Keys { get; init; }

    /// <summary>The comment of its first key.</summary>
    public string? Comment { get; init; }

    public int? LoginPid { get; init; }

    /// <summary>The login that it belongs to, in plain words.</summary>
    public string? Owner { get; init; }
}
