using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Handover;

namespace Fairlead.Daemon;

/// <summary>One socket that the daemon listens on, at its path.</summary>
/// <remarks>Only with the instance's lock held: a socket file that nobody listens at is then a leftover of ours, and is replaced.</remarks>
internal sealed class ServedSocket(EventLoop loop, string path, Acceptor acceptor)
{
    /// <summary>What the name of another user's socket gets.</summary>
    private const string StrangersSuffix = ".stranger";

    private UnixListener? listener;
    private bool isMadeByOther;
    private bool isInherited;

    public string Path => path;

    /// <summary>The file that we bound; null before that.</summary>
    public FileIdentity? Identity { get; private set; }

    /// <summary>Whether the path still leads to the socket that we listen on.</summary>
    public bool IsInPlace => isMadeByOther || FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Identity == Identity;

    /// <summary>
    /// Binds, listens and serves; conversations of a socket that was served before go on. The socket gets its name when it listens already: who sees
    /// it can connect, and a leftover is replaced in one step.
    /// </summary>
    /// <returns>Zero, or minus errno: EADDRINUSE when somebody listens at the path, or something else than a socket is there.</returns>
    public int Open()
    {
        int cleared = ClearPath();
        if (cleared < 0)
        {
            return cleared;
        }

        string unfinished = $"{System.IO.Path.GetDirectoryName(path)}/.{CurrentProcess.Pid}";
        _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0);
        int bound = UnixListener.Bind(unfinished);
        if (bound < 0)
        {
            return bound;
        }

        int renamed = LibC.Result(LibC.rename(unfinished, path));
        if (renamed < 0)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, unfinished, 0);
            _ = LibC.close(bound);
            return renamed;
        }

        Identity = FileStatus.TryRead(path, out FileStatus status) >= 0 ? status.Identity : null;
        isInherited = false;
        listener?.Dispose();
        listener = UnixListener.Adopt(loop, bound);
        acceptor.AcceptFrom(listener);
        return 0;
    }

    /// <summary>Serves a socket that was passed on. One that systemd made is not ours to remove or to make again.</summary>
    public void Adopt(HandedOverSocket inherited)
    {
        isInherited = true;
        isMadeByOther = inherited.Identity is null;
        Identity = inherited.Identity ?? (FileStatus.TryRead(path, out FileStatus status) >= 0 ? status.Identity : null);
        listener = UnixListener.Adopt(loop, inherited.Descriptor);
        acceptor.AcceptFrom(listener);
    }

    /// <summary>What another process needs in order to serve it.</summary>
    public HandedOverSocket Describe() => new(listener!.Number, isMadeByOther ? null : Identity, path);

    /// <inheritdoc cref="UnixListener.ListenAgain"/>
    public void ListenAgain() => listener?.ListenAgain();

    /// <summary>Stops listening; the file stays, for another process serves it.</summary>
    public void HandOver()
    {
        Identity = null;
        isMadeByOther = false;
        listener?.Dispose();
    }

    /// <summary>Stops listening and takes the file away, if it is still ours.</summary>
    /// <param name="keepsInherited">What was passed on stays: the process that passed it still serves it.</param>
    public void Close(bool keepsInherited)
    {
        if (IsInPlace && !isMadeByOther && !(keepsInherited && isInherited))
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, path, 0);
        }

        listener?.Dispose();
    }

    /// <summary>
    /// A socket of ours at which nobody listens is replaced. One of another user's, left there while the folder was open to others, is not ours to remove: the
    /// folder is private again, so it is renamed.
    /// </summary>
    /// <returns>Zero, or minus errno.</returns>
    private int ClearPath()
    {
        if (FileStatus.TryRead(path, out FileStatus status) < 0)
        {
            return 0;
        }

        if (status.Kind != FileKind.Socket)
        {
            return -Errno.EADDRINUSE;
        }

        int connected = UnixStream.Connect(path);
        if (connected >= 0)
        {
            _ = LibC.close(connected);
        }

        bool isDead = connected is -Errno.ECONNREFUSED or -Errno.EACCES;
        bool isOurs = status.Uid == CurrentProcess.Uid;
        return !isDead ? -Errno.EADDRINUSE : isOurs ? 0 : LibC.Result(LibC.rename(path, path + StrangersSuffix));
    }
}
