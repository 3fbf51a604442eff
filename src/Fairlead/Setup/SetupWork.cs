using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Files;
using Fairlead.Location;
using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>Carries a plan out. A step that fails keeps no other from being done, and leaves its file as it was.</summary>
/// <param name="location">Where fairlead's sockets are; null when no place is fit.</param>
/// <param name="stopDaemon">Ends all daemons, and says why one goes on; zero when none does. Two cannot listen at one path: systemd takes it over from the daemon.</param>
/// <param name="again">What to type when a step failed for a reason that a person can mend.</param>
internal sealed class SetupWork(UserSystemd systemd, DaemonLocation? location, Func<int> stopDaemon, string again)
{
    /// <summary>Something is not as it was before.</summary>
    public bool HasChangedSomething { get; private set; }

    /// <returns>What went wrong, in the order of the steps.</returns>
    public IReadOnlyList<Failure> Do(SetupPlan plan) => [.. plan.Sections.SelectMany(Do)];

    private IEnumerable<Failure> Do(SetupSection section)
    {
        foreach (SetupStep step in section.Steps)
        {
            if (Do(step) is { } failure)
            {
                yield return failure;
                if (step.Action == SetupAction.Stop)
                {
                    yield break; // the files that would be removed are those of a daemon that runs
                }
            }
        }
    }

    private Failure? Do(SetupStep step)
    {
        if (step.Parts.Count > 0)
        {
            return DoParts(step);
        }

        Failure? failure = Act(step);
        HasChangedSomething |= failure is null && step.Action != SetupAction.Nothing;
        return failure;
    }

    /// <summary>What keeps one file from being written keeps all of them: a full disk is told of once.</summary>
    private Failure? DoParts(SetupStep step)
    {
        Failure[] failures = [.. step.Parts.Select(Do).OfType<Failure>()];
        return failures.Length < 2 ? failures.FirstOrDefault() : failures[0] with { Message = $"{failures[0].Message}, and neither can {failures.Length - 1} more in {step.Path}" };
    }

    private Failure? Act(SetupStep step) => step.Action switch
    {
        SetupAction.Write => Write(step),
        SetupAction.Remove => Remove(step),
        SetupAction.Link => Link(step),
        SetupAction.Listen => Listen(),
        SetupAction.Disable => Judge(systemd.Disable(), "systemd did not stop listening at the socket"),
        SetupAction.Stop => Stop(),
        SetupAction.Reload => Judge(systemd.Reload(), "systemd did not reload its units"),
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
        RemoveEmptyFolders(step);
        return !isAsPlanned ? Changed(step) : Explain(step.Path, "removed", result == -Errno.ENOENT ? 0 : result);
    }

    /// <summary>Those that setup made; nothing is lost with one that was empty before.</summary>
    private static void RemoveEmptyFolders(SetupStep step)
    {
        string? folder = Path.GetDirectoryName(step.Path);
        while (step.EmptyFolders is { } above && folder?.StartsWith(above + "/", StringComparison.Ordinal) == true && FileContent.RemoveFolder(folder) >= 0)
        {
            folder = Path.GetDirectoryName(folder);
        }
    }

    private Failure? Link(SetupStep step)
    {
        FolderVerdict verdict = location!.Agent.Prepare();
        verdict = verdict.IsUsable ? location.State.Prepare() : verdict;
        if (!verdict.IsUsable)
        {
            return new Failure(ExitCode.Failed, $"no place for the socket: {verdict.Describe()}", verdict.Hint());
        }

        if (FileStatus.TryRead(step.Path, out FileStatus status) >= 0 && status.Kind != FileKind.SymbolicLink)
        {
            return Changed(step);
        }

        // Listed first: a link that is listed and not there does no harm.
        int listed = new LinkList(location.State.Links).Add(step.Path);
        return listed < 0 ? Explain(location.State.Links, "written", listed) : Explain(step.Path, "made", SymbolicLink.Write(step.Path, step.Content));
    }

    private Failure? Stop() => stopDaemon() == 0 ? null : new Failure(ExitCode.Failed, "the daemon is still running, so its files were kept", again);

    private Failure? Listen()
    {
        if (stopDaemon() != 0)
        {
            return new Failure(ExitCode.Failed, "systemd cannot listen at the socket while the daemon does", again);
        }

        return Judge(systemd.Reload() && systemd.Listen(), "systemd did not start to listen");
    }

    private static Failure? Judge(bool succeeded, string message) =>
        succeeded ? null : new Failure(ExitCode.Failed, message, $"systemctl --user status {UnitText.SocketUnit}");

    private Failure? Explain(string path, string what, int result) =>
        result >= 0 ? null : new Failure(ExitCode.Failed, $"{path} cannot be {what}: {Errno.Describe(result)}", again);

    private Failure? Explain(string path, WriteOutcome outcome) => outcome.Copy is { } copy
        ? new Failure(ExitCode.Failed, $"only part of {path} was written: {Errno.Describe(outcome.Error)}", $"cp {copy} {path} (it holds what was there)")
        : Explain(path, "written", outcome.Error);

    private Failure Changed(SetupStep step) =>
        new(ExitCode.Failed, $"{step.Path} has changed since the plan was made; left unchanged", again);
}
