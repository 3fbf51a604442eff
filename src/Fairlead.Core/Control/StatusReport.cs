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

    public required IReadOnlyList<AgentReport> Agents { get; init; }

    public required IReadOnlyList<LoginReport> Logins { get; init; }

    public required IReadOnlyList<RefusedReport> Refused { get; init; }

    /// <summary>Paths of agents that are gone, at which fairlead listens in their place.</summary>
    public IReadOnlyList<HealedReport> Healed { get; init; } = [];

    /// <summary>Who waits for an agent, the longest there first.</summary>
    public IReadOnlyList<WaitingReport> Waiting { get; init; } = [];
}
