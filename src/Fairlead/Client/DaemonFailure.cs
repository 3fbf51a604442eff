using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Client;

/// <summary>Why a command has no daemon, or no answer of it, and what to type.</summary>
internal static class DaemonFailure
{
    /// <summary>The daemon answered another question than the one asked.</summary>
    public static Failure OtherVersion => new(ExitCode.DaemonNotReachable, "the daemon is of another version", "fairlead stop && fairlead start");

    /// <param name="mistake">In the configuration, which says where the daemon is.</param>
    public static Failure Of(ConfigurationError mistake) => new(ExitCode.Usage, mistake.ToString(), mistake.Hint);

    /// <param name="outcome">Any but <see cref="ControlOutcome.Answered"/>.</param>
    /// <param name="location">Where the daemon was asked.</param>
    public static Failure Of(ControlOutcome outcome, SocketLocation location) => outcome switch
    {
        ControlOutcome.NotOurs => new Failure(
            ExitCode.DaemonNotReachable, $"another user listens at {location.Control}", "set 'socket' in the configuration to a path in a folder of your own"),
        ControlOutcome.NoAnswer => new Failure(
            ExitCode.DaemonNotReachable, "the daemon does not answer", FileLock.HolderOf(location.Lock) is > 0 and var pid ? $"kill -KILL {pid}; fairlead start" : "fairlead start"),
        ControlOutcome.NotUnderstood => OtherVersion,
        _ => new Failure(ExitCode.DaemonNotReachable, "the daemon does not run", "fairlead start"),
    };

    /// <param name="error">What the daemon said in place of an answer.</param>
    public static Failure Of(string error) => new(ExitCode.Failed, error, error == ControlReply.UnknownRequest ? "fairlead restart" : null);

    /// <summary>No place is fit for the socket.</summary>
    public static Failure NoPlace(SocketLocations locations, int exitCode)
    {
        if (locations.HomeIsForeign)
        {
            return ForeignHome(exitCode);
        }

        FolderVerdict verdict = locations.FirstRefusal();
        return new Failure(exitCode, $"no place for the socket: {verdict.Describe()}", verdict.Hint());
    }

    /// <summary>sudo -E, su -m: a root shell that still has the other user's HOME.</summary>
    public static Failure ForeignHome(int exitCode) => new(exitCode, "HOME belongs to another user", "sudo -i, or log in as yourself");
}
