using Fairlead.Core.Linux;
using Fairlead.Core.Relay;

namespace Fairlead.Daemon;

/// <summary>One socket that the daemon listens on, at its path.</summary>
/// <remarks>Only with the instance's lock held: a socket file that nobody listens at is then a leftover of ours, and is replaced.</remarks>
internal sealed class ServedSocket(EventLoop loop, string path, Acceptor acceptor)
{
    private UnixListener? listener;

    public string Path => path;

    /// <summary>The file that we bound; null before that.</summary>
    public FileIdentity? Identity { get; private set; }

    /// <summary>Whether the path still leads to the socket that we listen on.</summary>
    public bool IsInPlace => FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Identity == Identity;

    /// <summary>Binds, listens and serves; conversations of a socket that was served before go on.</summary>
    /// <returns>Zero, or minus errno: EADDRINUSE when the path is taken by anything but a socket that nobody listens at.</returns>
    public int Open()
    {
        RemoveLeftover();
        int bound = UnixListener.Bind(path);
        if (bound < 0)
        {
            return bound;
        }

        Identity = FileStatus.TryRead(path, out FileStatus status) >= 0 ? status.Identity : null;
        listener?.Dispose();
        listener = UnixListener.Adopt(loop, bound);
        _ = acceptor.AcceptAllAsync(listener);
        return 0;
    }

    /// <summary>Stops listening and takes the file away, if it is still ours.</summary>
    public void Close()
    {
        if (IsInPlace)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, path, 0);
        }

        listener?.Dispose();
    }

    private void RemoveLeftover()
    {
        if (FileStatus.TryRead(path, out FileStatus status) < 0 || status.Kind != FileKind.Socket || status.Uid != CurrentProcess.Uid)
        {
            return;
        }

        int connected = UnixStream.Connect(path);
        if (connected == -Errno.ECONNREFUSED)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, path, 0);
        }
        else if (connected >= 0)
        {
            _ = LibC.close(connected);
        }
    }
}
