using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>A listening unix socket on the loop.</summary>
internal sealed unsafe class UnixListener : IDisposable
{
    /// <summary>Connections that may queue while the loop does other work; the kernel caps it at net.core.somaxconn (4096).</summary>
    private const int Backlog = 4096;

    private readonly LoopDescriptor descriptor;

    private UnixListener(LoopDescriptor descriptor) => this.descriptor = descriptor;

    /// <summary>Binds and listens. The file's mode is 0600 from its first moment.</summary>
    /// <returns>The listening descriptor, or minus errno.</returns>
    public static int Bind(string path)
    {
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            return -Errno.ENAMETOOLONG;
        }

        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0));
        if (socket < 0)
        {
            return socket;
        }

        // bind() gives the file the mode of the socket's own inode (unix_bind_bsd(), net/unix/af_unix.c), less the umask, which belongs to
        // all threads and stays unchanged.
        int result = LibC.Result(LibC.fchmod(socket, FilePermissions.OwnersReadAndWrite));
        if (result >= 0)
        {
            result = LibC.Result(LibC.bind(socket, &address, UnixAddress.Size));
        }

        if (result >= 0)
        {
            result = LibC.Result(LibC.listen(socket, Backlog));
        }

        if (result < 0)
        {
            _ = LibC.close(socket);
            return result;
        }

        return socket;
    }

    /// <summary>
    /// Takes over a bound socket, and calls listen() once more: until then the clients of a socket that came from another process see that
    /// process in SO_PEERCRED.
    /// </summary>
    public static UnixListener Adopt(EventLoop loop, int bound)
    {
        // A socket that systemd made may block, and children would inherit it.
        int flags = LibC.Result(LibC.fcntl(bound, LibC.F_GETFL, 0));
        _ = LibC.fcntl(bound, LibC.F_SETFL, flags | LibC.O_NONBLOCK);
        _ = LibC.fcntl(bound, LibC.F_SETFD, LibC.FD_CLOEXEC);
        _ = LibC.listen(bound, Backlog);
        return new UnixListener(loop.WatchListener(bound));
    }

    /// <summary>The path that it was bound to; null for anything but a unix socket that listens at one.</summary>
    public static string? PathOf(int descriptor)
    {
        int listens = 0;
        uint size = sizeof(int);
        if (LibC.getsockopt(descriptor, LibC.SOL_SOCKET, LibC.SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0)
        {
            return null;
        }

        UnixAddress address = default;
        size = UnixAddress.Size;
        return LibC.getsockname(descriptor, &address, &size) == 0 ? address.Path : null;
    }

    /// <summary>
    /// Whether some process still has the socket of this path, in any network namespace. A socket of another kind is refused in either
    /// case, but not for the same reason, and the listener does not notice (unix_find_bsd(), net/unix/af_unix.c). Also true if the kernel
    /// cannot be asked.
    /// </summary>
    public static bool IsHeld(string path)
    {
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            return false;
        }

        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0));
        if (socket < 0)
        {
            return true;
        }

        int result = LibC.Result(LibC.connect(socket, &address, UnixAddress.Size));
        _ = LibC.close(socket);
        return result is not (-Errno.ECONNREFUSED or -Errno.ENOENT or -Errno.ENOTDIR);
    }

    public bool IsClosed => descriptor.IsClosed;

    /// <summary>The descriptor's number, to hand it on.</summary>
    public int Number => descriptor.Number;

    /// <summary>Makes SO_PEERCRED name this process, after another one listened at the same socket.</summary>
    public void ListenAgain() => _ = LibC.listen(descriptor.Number, Backlog);

    /// <summary>A connection's descriptor, or minus errno: EAGAIN if none waits.</summary>
    public int Accept() => LibC.Result(LibC.accept4(descriptor.Number, null, null, LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC));

    /// <summary>Calls back in each turn of the loop in which a connection waits.</summary>
    public void Serve(Action waiting)
    {
        descriptor.Readable = waiting;
        descriptor.Resume();
    }

    /// <inheritdoc cref="LoopDescriptor.Pause"/>
    public void Pause() => descriptor.Pause();

    /// <inheritdoc cref="LoopDescriptor.Pause"/>
    public void Resume() => descriptor.Resume();

    /// <summary>Another process may have taken it over, and keep listening.</summary>
    public void Dispose()
    {
        if (!IsClosed)
        {
            descriptor.StopWatching();
            descriptor.Dispose();
        }
    }
}
