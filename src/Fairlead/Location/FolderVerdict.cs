using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Location;

/// <summary>The outcome of looking at a socket's folder.</summary>
/// <param name="Folder">The folder that decided: the one itself, or one above it.</param>
/// <param name="Error">Minus errno where <see cref="FolderState.OutOfReach"/>.</param>
internal readonly record struct FolderVerdict(FolderState State, string Folder, int Error = 0)
{
    public bool IsUsable => State == FolderState.Usable;

    public bool IsUsableOrCanBe => State is FolderState.Usable or FolderState.Missing;

    /// <summary>What is wrong, for a message.</summary>
    public string Describe() => State switch
    {
        FolderState.Usable => $"{Folder} is in order",
        FolderState.Missing => $"{Folder} does not exist yet",
        FolderState.NotOurs => $"{Folder} belongs to another user",
        FolderState.OpenToOthers => $"{Folder} is open to other users",
        FolderState.NotAFolder => $"{Folder} is not a folder",
        FolderState.PathTooLong => $"the socket's path in {Folder} would be longer than {UnixAddress.MaxPathBytes} bytes",
        _ => $"{Folder}: {Errno.Describe(Error)}",
    };

    /// <summary>What to type against it, where one line mends it.</summary>
    public string? Hint() => State switch
    {
        FolderState.OpenToOthers => $"chmod go-rwx '{Folder}'",
        FolderState.NotAFolder => $"mv '{Folder}' '{Folder}.old'",
        FolderState.PathTooLong or FolderState.NotOurs => "set 'socket' in the configuration to a path in a folder of your own",
        _ => null,
    };
}

/// <summary>What stands where a socket's folder should be.</summary>
internal enum FolderState
{
    /// <summary>Ours alone: fit for use.</summary>
    Usable,

    /// <summary>Nothing is there, and it can be made.</summary>
    Missing,

    /// <summary>It belongs to another user.</summary>
    NotOurs,

    /// <summary>Others may read or enter it, or could put something else in its place.</summary>
    OpenToOthers,

    /// <summary>A file, or a symbolic link, which somebody else may have put there.</summary>
    NotAFolder,

    /// <summary>The system does not let us look at it or make it.</summary>
    OutOfReach,

    /// <summary>It is below a folder of ours that lets nobody in, ourselves neither.</summary>
    ShutToUs,

    /// <summary>The socket's path would be longer than a unix socket's may be.</summary>
    PathTooLong,
}
