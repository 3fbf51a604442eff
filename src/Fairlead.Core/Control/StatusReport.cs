namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead status</c> shows, and prints unchanged with <c>--json</c>.</summary>
internal sealed record StatusReport
{
    public int Version { get; init; } = 1;

    public required string Socket { get; init; }

    public required int DaemonPid { get; init; }

    public required string DaemonVersion { get; init; }

    /// <summary>The daemon's version and commit in one word, "1.2.3+1a2b3c4d5e6f": different for each build. Absent before 0.2.</summary>
    public string? Build { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Clients connected at this moment.</summary>
    public required int Conversations { get; init; }

    /// <summary>The agent that answers the asking process; absent when none does.</summary>
    public AnswerReport? Here { get; init; }

    /// <summary>The rule in the configuration that lets no agent answer, in plain words; absent when none does.</summary>
    public string? Denied { get; init; }

    /// <summary>What is pinned to answer everything; absent when nothing is.</summary>
    public PinReport? Pinned { get; init; }

    public required IReadOnlyList<AgentReport> Agents { get; init; }

    public required IReadOnlyList<LoginReport> Logins { get; init; }

    public required IReadOnlyList<RefusedReport> Refused { get; init; }

    /// <summary>Paths of agents that are gone, at which fairlead listens in their place.</summary>
    public IReadOnlyList<HealedReport> Healed { get; init => field = value ?? []; } = [];

    /// <summary>What keeps the daemon from doing all it should.</summary>
    public IReadOnlyList<TroubleReport> Troubles { get; init => field = value ?? []; } = [];

    /// <summary>Programs that are connected to a login's own socket, past fairlead.</summary>
    public IReadOnlyList<DirectReport> Direct { get; init => field = value ?? []; } = [];

    /// <summary>The questions that wait for the person's answer, the longest waiting first.</summary>
    public IReadOnlyList<QuestionReport> Questions { get; init => field = value ?? []; } = [];

    /// <summary>The answers that hold for more signatures.</summary>
    public IReadOnlyList<GrantReport> Allowed { get; init => field = value ?? []; } = [];

    /// <summary>The processes that wait for an agent, the longest waiting first.</summary>
    public IReadOnlyList<WaitingReport> Waiting { get; init => field = value ?? []; } = [];
}

/// <summary>The path of an agent that is gone, at which fairlead listens because a program still names it.</summary>
internal sealed record HealedReport
{
    public required string Socket { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>The oldest process whose environment names it; it may have ended since it was read.</summary>
    public int? NamedBy { get; init; }

    /// <summary>As that process names itself; absent when it has ended.</summary>
    public string? NamedByCommand { get; init; }
}

/// <summary>A process that waits for an agent: a held request, or a <c>fairlead wait</c>.</summary>
internal sealed record WaitingReport
{
    /// <summary>0 for a process in another container.</summary>
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it continues without one; absent if it never does.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A program that is connected to a login's own socket: rules and the log do not see it.</summary>
internal sealed record DirectReport
{
    public required int Pid { get; init; }

    /// <summary>As the process names itself.</summary>
    public required string Command { get; init; }

    /// <summary>The login's.</summary>
    public required string Socket { get; init; }
}

/// <summary>Something that keeps the daemon from doing all it should, in plain words.</summary>
internal sealed record TroubleReport
{
    public required string What { get; init; }

    /// <summary>What follows from it.</summary>
    public required string Why { get; init; }

    /// <summary>The command that fixes it.</summary>
    public string? Hint { get; init; }
}
