using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>One place where the agent socket can be: the folder that people hand into containers and sandboxes, so nothing else of ours is in it.</summary>
internal sealed record SocketLocation
{
    public required string Socket { get; init; }

    public required LocationSource Source { get; init; }

    public required FolderChain Folders { get; init; }

    private bool Exists => FileStatus.TryRead(Socket, out FileStatus status) >= 0 && status.Kind == FileKind.Socket;

    /// <summary>Whether the folders are fit for use, without touching anything.</summary>
    public FolderVerdict Look() => PathIsTooLong ?? Folders.Look();

    /// <summary>Whether the folders are fit, and the socket is there or can be made.</summary>
    public FolderVerdict LookForRoom() => PathIsTooLong ?? (Exists ? Folders.Look() : Folders.LookForRoom());

    /// <inheritdoc cref="FolderChain.Prepare"/>
    public FolderVerdict Prepare() => PathIsTooLong ?? Folders.Prepare();

    private FolderVerdict? PathIsTooLong =>
        UnixAddress.TryCreate(Socket, out _) ? null : new FolderVerdict(FolderState.PathTooLong, Folders.Folder);
}

/// <summary>What decided where the agent socket is.</summary>
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
