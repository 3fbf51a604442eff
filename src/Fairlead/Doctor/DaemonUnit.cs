namespace Fairlead.Doctor;

/// <summary>The systemd unit in which the daemon runs, and so what its end depends on (systemd-logind, logind.conf(5)).</summary>
/// <param name="Name">"session-3.scope", "user@1000.service".</param>
/// <param name="IsLogin">The scope of one login; else the person's own systemd.</param>
/// <param name="KillsUserProcesses">logind ends what a login leaves behind.</param>
/// <param name="Lingers">The person's own systemd goes on without a login.</param>
internal sealed record DaemonUnit(string Name, bool IsLogin, bool KillsUserProcesses, bool Lingers)
{
    /// <summary>It is ended although panes may go on.</summary>
    public bool DiesAtLogout => IsLogin ? KillsUserProcesses : !Lingers;
}
