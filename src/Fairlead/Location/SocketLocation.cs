using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>One place where the daemon's files can live. All of them stand beside the agent socket.</summary>
internal sealed record SocketLocation
{
    private const string SocketSuffix = ".sock";

    public required string Socket { get; init; }

    public required LocationSource Source { get; init; }

    /// <summary>Whose daemon it is: ours, except where root looks into another user's home.</summary>
    public required uint Owner { get; init; }

    /// <summary>From the outermost to the one that holds the socket.</summary>
    public required IReadOnlyList<FolderRule> Folders { get; init; }

    public string Control => Beside(".ctl");

    public string Lock => Beside(".lock");

    /// <summary>What <see cref="StalePathRecord"/> keeps.</summary>
    public string StalePathRecord => Beside(".healed");

    /// <summary>What <see cref="RefreshStamp"/> keeps.</summary>
    public string RefreshStamp => Beside(".moved");

    /// <summary>The links to the socket that <c>setup --link</c> has made, one path a line, for <c>setup --undo</c> to find.</summary>
    public string Links => Beside(".links");

    public string Log => Beside(".log");

    public string Folder => Folders[^1].Path;

    public bool SocketExists => FileStatus.TryRead(Socket, out FileStatus status) >= 0 && status.Kind == FileKind.Socket;

    /// <summary>Whether the folders are fit for use, without touching anything.</summary>
    public FolderVerdict Look()
    {
        if (!UnixAddress.TryCreate(Socket, out _) || !UnixAddress.TryCreate(Control, out _))
        {
            return new FolderVerdict(FolderState.PathTooLong, Folder);
        }

        foreach (FolderRule rule in Folders)
        {
            FolderVerdict verdict = rule.Look(Owner);
            if (!verdict.IsUsable)
            {
                return verdict;
            }
        }

        return new FolderVerdict(FolderState.Usable, Folder);
    }

    /// <summary>Whether the folders are fit, and a socket that is not there yet can be made, as far as that shows: of a full disk it shows only by trying.</summary>
    public FolderVerdict LookForRoom()
    {
        FolderVerdict verdict = Look();
        if (SocketExists || !verdict.IsUsableOrCanBe)
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
        for (int made = 0; verdict.State == FolderState.Missing && made < Folders.Count; made++)
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

    /// <summary>Connects to the daemon here, if it is the owner's.</summary>
    /// <param name="patience">How long that may take, and each answer after it.</param>
    public ControlOutcome TryConnect(TimeSpan patience, out ControlClient? daemon) => ControlClient.TryConnect(Control, Owner, patience, out daemon);

    private string Beside(string suffix) =>
        (Socket.EndsWith(SocketSuffix, StringComparison.Ordinal) ? Socket[..^SocketSuffix.Length] : Socket) + suffix;
}

/// <summary>What decided where the socket lives.</summary>
internal enum LocationSource
{
    /// <summary>--socket on the command line.</summary>
    CommandLine,

    /// <summary>'socket' in the configuration.</summary>
    Configuration,

    /// <summary>~/.ssh/fairlead.</summary>
    Home,

    /// <summary>$XDG_RUNTIME_DIR/fairlead: the home can hold no socket.</summary>
    RuntimeFolder,

    /// <summary>/tmp/fairlead-UID: nothing else will do.</summary>
    TemporaryFolder,
}
