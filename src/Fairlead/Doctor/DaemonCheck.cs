using Fairlead.Core.Control;
using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Whether the daemon runs, is the program that is installed, and will go on.</summary>
internal static class DaemonCheck
{
    private const string Name = "daemon";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        DaemonFacts daemon = facts.Daemon;
        if (facts.Place.Failure is not null)
        {
            return []; // said already
        }

        if (daemon.StartsOnDemand)
        {
            return [Finding.Ok(Name, "systemd listens for it, and starts it for its first client")];
        }

        if (daemon.Status is not { } status)
        {
            Failure failure = daemon.Failure!;
            return [Finding.Problem(Name, failure.Message, "The path that never goes stale leads nowhere until it does.", failure.Hint)];
        }

        Finding[] found = [.. Outdated(daemon, status, facts), .. Mortal(daemon)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"it runs, version {status.DaemonVersion}, pid {status.DaemonPid}")];
    }

    private static IEnumerable<Finding> Outdated(DaemonFacts daemon, StatusReport status, DoctorFacts facts)
    {
        string program = facts.Programs.Fairlead;
        string? message = status.DaemonVersion != program ? $"it is of version {status.DaemonVersion}, and this program of {program}"
            : daemon.Installed > status.Started ? "it is older than the program that is installed"
            : null;
        if (message is not null)
        {
            yield return Finding.Warning(Name, message, "A restart hands its socket on: no connection is refused.", "fairlead restart");
        }
    }

    private static IEnumerable<Finding> Mortal(DaemonFacts daemon)
    {
        if (daemon.Unit is { DiesAtLogout: true } unit)
        {
            yield return Finding.Warning(
                Name,
                unit.IsLogin ? $"it runs in {unit.Name}, and logind ends what a login leaves behind" : $"it runs under {unit.Name}, which ends with your last login",
                unit.IsLogin
                    ? "The logout that ends that login ends it, too, and with it what waits in other panes. Under your own systemd it stays."
                    : "A pane that you leave detached has no fairlead until you log in again.",
                unit.IsLogin ? "fairlead setup --systemd && loginctl enable-linger" : "loginctl enable-linger");
        }
    }
}
