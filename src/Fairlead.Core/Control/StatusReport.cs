namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead status</c> shows, and prints as it is with <c>--json</c>.</summary>
internal sealed record StatusReport
{
    public int Version { get; init; } = 1;

    public required string Socket { get; init; }

    public required int DaemonPid { get; init; }

    public required string DaemonVersion { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Clients connected at this moment.</summary>
    public required int Conversations { get; init; }

    /// <summary>The agent that answers the asking process; absent when none does.</summary>
    public AnswerReport? Here { get; init; }

    /// <summary>The rule of the configuration that lets nobody answer, in plain words; absent when none does.</summary>
    public string? Denied { get; init; }

    /// <summary>What is pinned to answer everything; absent when nothing is.</summary>
    public PinReport? Pinned { get; init; }

    public required IReadOnlyList<AgentReport> Agents { get; init; }

    public required IReadOnlyList<LoginReport> Logins { get; init; }

    public required IReadOnlyList<RefusedReport> Refused { get; init; }

    /// <summary>Paths of agents that are gone, at which fairlead listens in their place.</summary>
    public IReadOnlyList<HealedReport> Healed { get; init; } = [];

    /// <summary>Who waits for an agent, the longest there first.</summary>
    public IReadOnlyList<WaitingReport> Waiting { get; init; } = [];
}

/// <summary>An old path of an agent that is gone, at which fairlead listens because a program still names it.</summary>
internal sealed record HealedReport
{
    public required string Socket { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>A process whose environment names it, the longest there; it may have ended since it was looked at.</summary>
    public int? NamedBy { get; init; }
}

/// <summary>A process that waits for an agent: a request that is held, or a <c>fairlead wait</c>.</summary>
internal sealed record WaitingReport
{
    /// <summary>0 for a process in another container.</summary>
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it goes on without one; absent when it never does.</summary>
    public DateTimeOffset? Until { get; init; }
}
