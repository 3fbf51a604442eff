using System.Globalization;

namespace Fairlead.Output.Hosts;

/// <summary>What is said of a host of <c>fairlead deploy</c>: how it went, and how it goes.</summary>
internal static class DeploySentences
{
    public static string Of(DeployedHost report) => report.State switch
    {
        HostState.Installed => $"installed {After(report)}",
        HostState.Replaced => Replaced(report, "was replaced by", "was replaced by another build of it"),
        HostState.SetUp => $"{After(report)} was there, and is now set up",
        HostState.Unchanged => $"nothing to do, {After(report)} is there",
        HostState.Restored => $"{report.After ?? "what was there before"} is back",
        HostState.Removed => "removed",
        HostState.WouldInstall => $"would get {After(report)}",
        HostState.WouldReplace => Replaced(report, "would be replaced by", "would be replaced by another build of it"),
        HostState.WouldSetUp => $"{After(report)} is there, and would be set up",
        HostState.WouldRestore => $"{Now(report)} would be removed, and the program before it would come back",
        HostState.WouldRemove => $"{Now(report)} would be removed, with its lines in rc files",
        _ => $"failed: {Of(report.Fault ?? HostFault.NotReached, report)}",
    };

    public static string Of(HostStage stage, int percent) => stage switch
    {
        HostStage.Connecting => "connecting",
        HostStage.MaybeTouch => "waiting for ssh; touch your key if it blinks",
        HostStage.Waiting => "turned away, trying again",
        HostStage.Sending => string.Create(CultureInfo.InvariantCulture, $"sending, {percent} %"),
        _ => "setting up",
    };

    private static string Replaced(DeployedHost report, string by, string byAnotherBuild) => report.Before is not { } before
        ? $"one that does not run {by} {After(report)}"
        : before == report.After ? $"{before} {byAnotherBuild}" : $"{before} {by} {After(report)}";

    private static string Now(DeployedHost report) => report.Before ?? "fairlead";

    private static string After(DeployedHost report) => report.After ?? "an unknown version";

    private static string TakenBack(DeployedHost report) => report.Before is { } before ? $"and {before} is back" : "and the new program was removed again";

    private static string IsThere(DeployedHost report) => report.After is { } after ? $"{after} is there" : "the former program is back";

    private static string Of(HostFault fault, DeployedHost report)
    {
        string said = string.IsNullOrEmpty(report.Detail) ? "" : $": {report.Detail}";
        return fault switch
        {
            HostFault.NotReached => $"not reached{said}",
            HostFault.TurnedAway => $"its server dropped every connection{said}",
            HostFault.Denied => $"login refused{said}",
            HostFault.HostKeyUnknown => "its host key is not known; connect to it once with ssh, or run this at a terminal",
            HostFault.HostKeyChanged => "its host key has changed, and ssh refuses to connect",
            HostFault.NoAnswer => $"no answer for {report.Detail} s",
            HostFault.NoScript => $"the login there does not run commands{said}",
            HostFault.Endless => "it never stops printing; look at the rc files there",
            HostFault.NotLinux => $"it runs {report.Detail}, not Linux",
            HostFault.NoHome => "you have no home there",
            HostFault.NoProgram when said.Length == 0 => $"there is no fairlead for {report.Architecture}",
            HostFault.NoProgram => $"no fairlead for {report.Architecture} here, looked for {report.Detail}",
            HostFault.ReadOnly => $"{report.Detail}: the file system there is read-only",
            HostFault.NotWritable => $"{report.Detail ?? "the folder"}: permission denied",
            HostFault.NotWritten => $"the program could not be written there{said}",
            HostFault.Full => $"{report.Detail ?? "the disk"}: no space left there",
            HostFault.NoExec => $"{report.Detail}: programs cannot run there (noexec); use --prefix for another place",
            HostFault.AnotherProgram => $"{report.Detail} is not fairlead; left unchanged",
            HostFault.IsLink => $"{report.Detail} is a link; left unchanged",
            HostFault.Package => $"{report.Before} is there from a package, {report.Detail}; --force also installs one in your home",
            HostFault.Newer => $"{report.Before} is there, which is newer than {report.After}; --force replaces it",
            HostFault.Lost => $"the connection was lost, and nothing was changed{said}",
            HostFault.LostAtTheEnd => $"the connection was lost while it was set up; check it with --check{said}",
            HostFault.Damaged => "the program arrived damaged, and was deleted",
            HostFault.NoDigest => "it has no sha256sum to check the program with",
            HostFault.DoesNotRun => $"the program does not run there{said}",
            HostFault.SetupFailed => $"'fairlead setup' failed, {TakenBack(report)}{said}",
            HostFault.RestartFailed => $"'fairlead restart' failed, {TakenBack(report)}{said}",
            HostFault.NotSetUp => $"{IsThere(report)}, but 'fairlead setup' failed{said}",
            HostFault.NotRestarted => $"{IsThere(report)}, but 'fairlead restart' failed{said}",
            HostFault.NotUndone => $"'fairlead setup --undo' failed, and the program is still there{said}",
            HostFault.Locked => "another deploy has been running there for minutes",
            HostFault.Meanwhile => "someone else replaced fairlead there at the same time",
            HostFault.NothingKept => "there is no deploy to undo there",
            _ => "stopped before anything was changed",
        };
    }
}
