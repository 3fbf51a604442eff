using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Client;

/// <summary>Why a command has no daemon, or no answer of it, and what to type.</summary>
internal static class DaemonFailure
{
    /// <summary>It does not know what this program knows.</summary>
    private const string OlderDaemon = "the daemon is older than this program, and does not know this request";

    /// <summary>The daemon answered in words that are not understood here, or another question than the one asked.</summary>
    /// <param name="build">The daemon's, as it says itself; null where that is not known.</param>
    public static Failure OtherVersion(string? build = null) => new(
        ExitCode.DaemonNotReachable,
        build is null ? "the daemon is of another version" : $"the daemon is {BuildAge.Of(build, ProgramVersion.Build)} this program: {build}, and {ProgramVersion.Build}",
        "fairlead restart");

    /// <param name="mistakes">In the configuration, which says where the daemon is; at least one.</param>
    public static Failure Of(IReadOnlyList<ConfigurationError> mistakes)
    {
        Failure[] failures = [.. mistakes.Select(mistake => new Failure(ExitCode.Usage, mistake.ToString(), mistake.Hint))];
        return failures[0] with { Others = failures[1..] };
    }

    /// <param name="outcome">Any but <see cref="ControlOutcome.Answered"/>.</param>
    /// <param name="state">Where the daemon was asked.</param>
    /// <param name="pid">Of the daemon that was connected to; 0 when that is not known.</param>
    public static Failure Of(ControlOutcome outcome, StateLocation state, int pid = 0) => outcome switch
    {
        ControlOutcome.NotOurs => new Failure(
            ExitCode.DaemonNotReachable, $"another user listens at {state.Control}", $"mv '{state.Control}' '{state.Control}.old'"),
        ControlOutcome.OutOfReach => new Failure(
            ExitCode.DaemonNotReachable, $"a daemon is running, but nobody may connect to it: {state.Control}: {Errno.Describe(-Errno.EACCES)}", HowToOpen(state)),
        ControlOutcome.NoAnswer => new Failure(
            ExitCode.DaemonNotReachable, "the daemon does not answer", HolderOf(state, pid) is > 0 and var holder ? $"kill -KILL {holder}; fairlead start" : "fairlead start"),
        ControlOutcome.NotUnderstood => OtherVersion(),
        _ => new Failure(ExitCode.DaemonNotReachable, "the daemon is not running", "fairlead start"),
    };

    /// <param name="error">What the daemon said in place of an answer.</param>
    public static Failure Of(string error) => new(ExitCode.Failed, error == ControlReply.UnknownRequest ? OlderDaemon : error, error switch
    {
        ControlReply.UnknownRequest => "fairlead restart",
        ControlReply.Sandboxed => "run it in a shell outside",
        _ => null,
    });

    /// <summary>No place is fit for the socket.</summary>
    public static Failure NoPlace(DaemonLocations locations, int exitCode)
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

    /// <summary>Without locks of open files no two daemons can be kept apart.</summary>
    public static Failure OldKernel(int exitCode) => new(exitCode, "this kernel is too old: fairlead needs Linux 3.15 or later", "uname -r (says which one runs)");

    private static int HolderOf(StateLocation state, int pid) => pid > 0 ? pid : FileLock.HolderOf(state.Lock);

    private static string HowToOpen(StateLocation state) =>
        state.Folders.Rules.FirstOrDefault(folder => LibC.access(folder.Path, LibC.X_OK) < 0) is { } closed ? $"chmod u+rwx '{closed.Path}'" : $"chmod u+rw '{state.Control}'";
}
