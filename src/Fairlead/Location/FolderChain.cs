using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Location;

/// <summary>The folders on the way to files of ours, and what must be true of each before anything below it is believed.</summary>
/// <param name="Owner">Whose files they are: ours, except where root looks into another user's home.</param>
/// <param name="Rules">From the outermost to the one that holds the files.</param>
internal sealed record FolderChain(uint Owner, IReadOnlyList<FolderRule> Rules)
{
    /// <summary>The folder that holds the files.</summary>
    public string Folder => Rules[^1].Path;

    /// <summary>Whether the folders are fit for use, without touching anything.</summary>
    public FolderVerdict Look()
    {
        for (int i = 0; i < Rules.Count; i++)
        {
            FolderVerdict verdict = Rules[i].Look(Owner);
            if (!verdict.IsUsable)
            {
                bool isShut = i > 0 && verdict is { State: FolderState.OutOfReach, Error: -Errno.EACCES } && Rules[i - 1].Demand != FolderDemand.Shared;
                return isShut ? verdict with { State = FolderState.ShutToUs } : verdict;
            }
        }

        return new FolderVerdict(FolderState.Usable, Folder);
    }

    /// <summary>Whether they are fit, and a file can be made there, as far as that shows: of a full disk it shows only by trying.</summary>
    public FolderVerdict LookForRoom()
    {
        FolderVerdict verdict = Look();
        if (!verdict.IsUsableOrCanBe)
        {
            return verdict;
        }

        string parent = verdict.State == FolderState.Missing ? Path.GetDirectoryName(verdict.Folder) ?? "/" : verdict.Folder;
        int access = LibC.Result(LibC.access(parent, LibC.W_OK | LibC.X_OK));
        return access < 0 ? new FolderVerdict(FolderState.OutOfReach, parent, access) : verdict;
    }

    /// <summary>Makes the folders that are missing, mode 0700, and looks whether all are fit. What was made is looked at too: another may have been quicker.</summary>
    public FolderVerdict Prepare()
    {
        FolderVerdict verdict = Look();
        for (int made = 0; verdict.State == FolderState.Missing && made < Rules.Count; made++)
        {
            int result = PrivateFolder.Create(verdict.Folder);
            if (result < 0)
            {
                return new FolderVerdict(FolderState.OutOfReach, verdict.Folder, result);
            }

            verdict = Look();
        }

        return verdict;
    }

    /// <summary>These and one more inside the last.</summary>
    public FolderChain Below(string path, FolderDemand demand = FolderDemand.Private) =>
        this with { Rules = [.. Rules, new FolderRule(path, demand, MayCreate: true)] };

    /// <summary>The same folders, but for the last, which is another one beside it.</summary>
    public FolderChain Beside(string path) => this with { Rules = [.. Rules.SkipLast(1), Rules[^1] with { Path = path }] };
}
