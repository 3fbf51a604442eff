using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Relay;

/// <summary>Sockets between bind() and listen(): where sshd is for a moment, and what a puppet is handed.</summary>
internal static unsafe class BoundSocket
{
    public static int Make(string path)
    {
        int socket = MakeUnbound();
        Assert.True(UnixAddress.TryCreate(path, out UnixAddress address));
        Assert.Equal(0, LibC.Result(LibC.bind(socket, &address, UnixAddress.Size)));
        return socket;
    }

    public static int MakeUnbound()
    {
        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0));
        Assert.True(socket >= 0, Errno.Describe(socket));
        return socket;
    }
}
