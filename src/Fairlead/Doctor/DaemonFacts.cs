using Fairlead.Core.Control;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>What the daemon says, or why it says nothing.</summary>
internal sealed record DaemonFacts
{
    /// <summary>Null when it answered.</summary>
    public Failure? Failure { get; init; }

    /// <summary>It accepts connections and does not answer: it may be stopped, or stuck.</summary>
    public bool IsSilent { get; init; }

    public StatusReport? Status { get; init; }

    /// <summary>Daemons beside it.</summary>
    public IReadOnlyList<ListedDaemon> Others { get; init; } = [];

    /// <summary>The keys of the agents; asked for only where git signs with one.</summary>
    public ListReport? Keys { get; init; }

    /// <summary>The variables of the login whose terminal shows this shell; null when none is seen.</summary>
    public EnvironmentReport? Environment { get; init; }

    /// <summary>It does not run, and systemd listens for it: the first request starts it.</summary>
    public bool StartsOnDemand { get; init; }

    /// <summary>What ends it; null where no systemd does.</summary>
    public DaemonUnit? Unit { get; init; }
}

/// <summary>The systemd unit in which the daemon runs, and so what its end depends on (systemd-logind, logind.conf(5)).</summary>
/// <param name="Name">"session-3.scope", "user@1000.service".</param>
/// <param name="IsLogin">The scope of one login; otherwise the person's own systemd.</param>
/// <param name="KillsUserProcesses">logind ends what a login leaves behind.</param>
/// <param name="Lingers">The person's own systemd keeps running without a login.</param>
internal sealed record DaemonUnit(string Name, bool IsLogin, bool KillsUserProcesses, bool Lingers)
{
    /// <summary>It ends although panes may outlive it.</summary>
    public bool DiesAtLogout => IsLogin ? KillsUserProcesses : !Lingers;
}
