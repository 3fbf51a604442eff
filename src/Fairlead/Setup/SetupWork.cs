using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Files;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>Carries a plan out. A step that fails keeps no other from being done, and leaves its file as it was.</summary>
/// <param name="location">Where fairlead's sockets are; null when no place is fit.</param>
/// <param name="stopDaemon">Two cannot listen at one path: systemd takes it over from the daemon.</param>
/// <param name="again">What to type when a step failed for a reason that a person can mend.</param>
internal sealed class SetupWork(UserSystemd systemd, SocketLocation? location, Action stopDaemon, string again)
{
    /// <returns>What went wrong, in the order of the steps.</returns>
    public IReadOnlyList<Failure> Do(SetupPlan plan) => [.. plan.Steps.Select(Do).OfType<Failure>()];

    private Failure? Do(SetupStep step) => step.Action switch
    {
        SetupAction.Write => Write(step),
        SetupAction.Remove => Remove(step),
        SetupAction.Link => Link(step),
        SetupAction.Listen => Listen(),
        SetupAction.Disable => Judge(systemd.Disable(), "systemd does not let go of the socket"),
        SetupAction.Reload => Judge(systemd.Reload(), "systemd does not read its units again"),
        _ => step.Problem,
    };

    private Failure? Write(SetupStep step)
    {
        int read = FileContent.TryRead(step.Path, out byte[] before);
        bool isNew = read == -Errno.ENOENT;
        if (read < 0 && !isNew)
        {
            return Explain(step.Path, "read", read);
        }

        if ((isNew ? null : ByteText.Of(before)) != step.Before)
        {
            return Changed(step);
        }

        byte[] bytes = ByteText.ToBytes(step.Content);
        if (!isNew)
        {
            return Explain(step.Path, WrittenFile.Replace(step.Path, before, bytes));
        }

        int made = FileContent.MakeFolders(Path.GetDirectoryName(step.Path)!);
        return Explain(step.Path, "made", made < 0 ? made : WrittenFile.Make(step.Path, bytes));
    }

    private Failure? Remove(SetupStep step)
    {
        bool isAsPlanned = step.Before is null || (FileContent.TryRead(step.Path, out byte[] bytes) >= 0 && ByteText.Of(bytes) == step.Before);
        int result = isAsPlanned ? FileContent.Remove(step.Path) : 0;
        return !isAsPlanned ? Changed(step) : Explain(step.Path, "removed", result == -Errno.ENOENT ? 0 : result);
    }

    private Failure? Link(SetupStep step)
    {
        FolderVerdict verdict = location!.Prepare();
        if (!verdict.IsUsable)
        {
            return new Failure(ExitCode.Failed, $"no place for the socket: {verdict.Describe()}", verdict.Hint());
        }

        if (FileStatus.TryRead(step.Path, out FileStatus status) >= 0 && status.Kind != FileKind.SymbolicLink)
        {
            return Changed(step);
        }

        // Listed first: a link that is listed and not there does no harm.
        int listed = new LinkList(location.Links).Add(step.Path);
        return listed < 0 ? Explain(location.Links, "written", listed) : Explain(step.Path, "made", SymbolicLink.Write(step.Path, step.Content));
    }

    private Failure? Listen()
    {
        stopDaemon();
        return Judge(systemd.Reload() && systemd.Listen(), "systemd does not listen");
    }

    private static Failure? Judge(bool succeeded, string message) =>
        succeeded ? null : new Failure(ExitCode.Failed, message, $"systemctl --user status {UnitText.SocketUnit}");

    private Failure? Explain(string path, string what, int result) =>
        result >= 0 ? null : new Failure(ExitCode.Failed, $"{path} cannot be {what}: {Errno.Describe(result)}", again);

    private Failure? Explain(string path, WriteOutcome outcome) => outcome.Copy is { } copy
        ? new Failure(ExitCode.Failed, $"{path} was written in part only: {Errno.Describe(outcome.Error)}", $"cp {copy} {path} (it holds what was there)")
        : Explain(path, "written", outcome.Error);

    private Failure Changed(SetupStep step) =>
        new(ExitCode.Failed, $"{step.Path} has changed since the plan was made, and is left as it is", again);
}
