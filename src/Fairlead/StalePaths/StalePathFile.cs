using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.StalePaths;

/// <summary>A socket that fairlead made at an old path: how it comes there and how it goes. Blocking calls only.</summary>
/// <param name="Identity">Device and inode: another file at the path is not ours.</param>
internal sealed record StalePathFile(StalePath Path, FileIdentity Identity)
{
    /// <summary>Binds and listens at the path itself, where tmp cleaners look it up in /proc/net/unix before they remove a socket.</summary>
    /// <param name="leftover">What an earlier daemon made there and could not take away.</param>
    public static StalePathBinding Listen(StalePath path, uint uid, StalePathFile? leftover)
    {
        (StalePathFolder? opened, Refusal? refusal, int error) = StalePathFolder.Open(path, uid, mayMake: true);
        if (opened is null)
        {
            return new StalePathBinding { Refusal = refusal, Error = error };
        }

        using StalePathFolder folder = opened;
        if (leftover?.Path == path)
        {
            leftover.RemoveFrom(folder, uid);
        }

        // A folder that was there before and bears no mark is left as it was when the socket goes.
        int result = folder.IsNew ? StalePathMark.Place(folder.Directory, uid) : 0;
        if (result >= 0)
        {
            // bind() makes a file or fails: where anything is, dead or alive, it stays (EADDRINUSE). Between the checks of the folder and this
            // nobody else can have put another in its place: see StalePathFolder.
            result = UnixListener.Bind(path.Path);
        }

        if (result < 0)
        {
            folder.RemoveIfNew(uid);
            return new StalePathBinding { Error = result };
        }

        _ = FileStatus.TryRead(folder.Directory.Descriptor, path.Name, out FileStatus status);
        return new StalePathBinding { Descriptor = result, File = new StalePathFile(path, status.Identity) };
    }

    /// <summary>The path still leads to this file.</summary>
    public bool IsInPlace() => FileStatus.TryRead(Path.Path, out FileStatus status) >= 0 && status.Identity == Identity;

    /// <summary>Takes the socket away if it is still this one, and the folder with it if fairlead's mark is in it and nothing else.</summary>
    public void Remove(uint uid)
    {
        (StalePathFolder? opened, _, _) = StalePathFolder.Open(Path, uid, mayMake: false);
        using StalePathFolder? folder = opened;
        if (folder is not null && Is(folder, uid))
        {
            _ = LibC.unlinkat(folder.Directory.Descriptor, Path.Name, 0);
        }

        folder?.ClearIfUnused(uid);
    }

    /// <summary>Takes away a socket that an earlier daemon left, if it is still this one and nobody listens there, and the folder with it as <see cref="Remove"/> does.</summary>
    public void RemoveLeftover(uint uid)
    {
        (StalePathFolder? opened, _, _) = StalePathFolder.Open(Path, uid, mayMake: false);
        using StalePathFolder? folder = opened;
        if (folder is not null && RemoveFrom(folder, uid))
        {
            folder.ClearIfUnused(uid);
        }
    }

    private bool RemoveFrom(StalePathFolder folder, uint uid) =>
        Is(folder, uid) && Refuses() && LibC.unlinkat(folder.Directory.Descriptor, Path.Name, 0) == 0;

    private bool Is(StalePathFolder folder, uint uid) =>
        FileStatus.TryRead(folder.Directory.Descriptor, Path.Name, out FileStatus status) >= 0
        && status.Kind == FileKind.Socket
        && status.Uid == uid
        && status.Identity == Identity;

    private bool Refuses()
    {
        int connected = UnixStream.Connect(Path.Path);
        if (connected >= 0)
        {
            _ = LibC.close(connected);
        }

        return connected == -Errno.ECONNREFUSED;
    }
}

/// <summary>How listening at an old path went: a file and its listening descriptor, or why not.</summary>
internal sealed record StalePathBinding
{
    public StalePathFile? File { get; init; }

    /// <summary>Listening, and the receiver's to close.</summary>
    public int Descriptor { get; init; } = -1;

    /// <summary>The folder may not be used.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Minus errno: EADDRINUSE when something is at the path that is not ours to remove.</summary>
    public int Error { get; init; }
}
