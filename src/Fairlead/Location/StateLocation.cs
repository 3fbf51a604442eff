using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>
/// One place where the daemon's own files can be: whoever reaches the control socket decides which agent answers, so they are not in the folder of the agent
/// socket, which people hand into containers.
/// </summary>
internal sealed record StateLocation
{
    /// <summary>The control socket's in a folder of state.</summary>
    public const string ControlName = "ctl";

    private const string SocketSuffix = ".sock";

    /// <summary>What the files' names begin with: the folder, or, of a socket that the command line names, the socket's path without its ending and a dot.</summary>
    public required string Prefix { get; init; }

    public required FolderChain Folders { get; init; }

    /// <summary>The agent socket that they stand beside; null where they have a folder of their own.</summary>
    public string? Socket { get; private init; }

    public string Control => Prefix + ControlName;

    /// <summary>Who holds it is the daemon.</summary>
    public string Lock => Prefix + "lock";

    /// <summary>A link to the agent socket of the daemon here, for those who look for it.</summary>
    public string AgentLink => Prefix + "agent";

    /// <summary>What <see cref="StalePathRecord"/> keeps.</summary>
    public string StalePathRecord => Prefix + "healed";

    /// <summary>What <see cref="Location.RefreshStamp"/> keeps.</summary>
    public string RefreshStamp => Prefix + "moved";

    /// <summary>The links to the socket that <c>setup --link</c> has made, one path a line, for <c>setup --undo</c> to find.</summary>
    public string Links => Prefix + "links";

    public string Log => Prefix + "log";

    /// <summary>A folder for these files alone.</summary>
    public static StateLocation In(FolderChain folders) => new() { Prefix = folders.Folder + "/", Folders = folders };

    /// <summary>Beside an agent socket, as with <c>--socket</c>, and as all were up to 0.1.</summary>
    /// <param name="folders">Of the socket.</param>
    public static StateLocation Beside(string socket, FolderChain folders) => new()
    {
        Prefix = (socket.EndsWith(SocketSuffix, StringComparison.Ordinal) ? socket[..^SocketSuffix.Length] : socket) + ".",
        Folders = folders,
        Socket = socket,
    };

    /// <inheritdoc cref="FolderChain.Prepare"/>
    public FolderVerdict Prepare() =>
        UnixAddress.TryCreate(Control, out _) ? Folders.Prepare() : new FolderVerdict(FolderState.PathTooLong, Folders.Folder);

    /// <summary>Whether the folders are fit, or can be, and files can be made there.</summary>
    public FolderVerdict LookForRoom() =>
        UnixAddress.TryCreate(Control, out _) ? Folders.LookForRoom() : new FolderVerdict(FolderState.PathTooLong, Folders.Folder);

    /// <summary>The agent socket of the daemon that is or was here; null when that does not show.</summary>
    public string? ReadSocket() => Socket ?? (SymbolicLink.TryRead(AgentLink, out string socket) ? socket : null);

    /// <summary>Connects to the daemon here, if it is the owner's.</summary>
    /// <param name="patience">How long that may take, and each answer after it.</param>
    public ControlOutcome TryConnect(TimeSpan patience, out ControlClient? daemon) =>
        ControlClient.TryConnect(Control, Folders.Owner, patience, out daemon);
}
