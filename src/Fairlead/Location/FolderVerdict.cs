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
