using Fairlead.Core.Control;
using Fairlead.Launch;
using Fairlead.Output;

namespace Fairlead.Doctor.Checks;

/// <summary>Whether the daemon runs, is the program that is installed, and will outlive this login.</summary>
internal static class DaemonCheck
{
    private const string Name = "daemon";

    public static IEnumerable<Finding> Examine(DoctorFacts facts)
    {
        DaemonFacts daemon = facts.Daemon;
        if (facts.Place.Failure is not null && daemon.Status is null)
        {
            return []; // said already
        }

        if (daemon.StartsOnDemand)
        {
            return [Finding.Ok(Name, "systemd listens for it, and starts it at the first request")];
        }

        if (daemon.Status is not { } status)
        {
            Failure failure = daemon.Failure!;
            string meaning = daemon.IsSilent ? "A program that connects to fairlead's socket may wait without an answer."
                : facts.Place.Listener == SocketListener.Ours ? "Your programs still reach an agent."
                : "Until it is, nobody answers at fairlead's socket.";
            return [Finding.Problem(Name, failure.Message, meaning, failure.Hint)];
        }

        Finding[] found = [.. Several(daemon), .. Troubled(status), .. Outdated(status, facts), .. Mortal(daemon)];
        return found.Length > 0 ? found : [Finding.Ok(Name, $"it runs, version {status.DaemonVersion}, pid {status.DaemonPid}")];
    }

    private static IEnumerable<Finding> Several(DaemonFacts daemon) =>
        daemon.Others.Select(other => Finding.Warning(
            Name,
            $"another daemon of yours runs: pid {other.Pid}{(other.Socket is { } socket ? $", at {socket}" : "")}",
            "A pin that one of them has is unknown to the other. This stops them all and starts one.",
            "fairlead stop && fairlead start"));

    private static IEnumerable<Finding> Troubled(StatusReport status) =>
        status.Troubles.Select(trouble => Finding.Warning(Name, trouble.What, trouble.Why, trouble.Hint));

    /// <summary>
    /// Builds are compared, not files. Whether the daemon's own is another inode by now, or deleted, says nothing: the same build is installed again by each
    /// install.sh, and chmod and chown change a time. Two builds with one commit and different changes are not told apart.
    /// </summary>
    private static IEnumerable<Finding> Outdated(StatusReport status, DoctorFacts facts)
    {
        string program = facts.Programs.Fairlead;
        string running = status.Build ?? status.DaemonVersion;
        if (running != program)
        {
            yield return Finding.Warning(
                Name,
                $"it is {BuildAge.Of(status.Build, program)} this program: daemon {running}, program {program}",
                "A restart hands its socket to the new daemon, and refuses no connection.",
                "fairlead restart");
        }
    }

    private static IEnumerable<Finding> Mortal(DaemonFacts daemon)
    {
        if (daemon.Unit is { DiesAtLogout: true } unit)
        {
            yield return Finding.Warning(
                Name,
                unit.IsLogin ? $"it runs in {unit.Name}, and logind ends everything that a login leaves behind" : $"it runs under {unit.Name}, which ends with your last login",
                unit.IsLogin
                    ? "When you log out there, the daemon ends, and with it the commands that wait in other panes. Under your own systemd it keeps running."
                    : "Detached panes have no fairlead until you log in again.",
                unit.IsLogin ? "fairlead setup --systemd && loginctl enable-linger" : "loginctl enable-linger");
        }
    }
}
