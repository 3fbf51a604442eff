using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Tests.Linux.Loop;

/// <summary>Two connected unix sockets, as bare descriptors. Whoever watches one closes it.</summary>
internal static unsafe partial class SocketPair
{
    public static (int Ours, int Theirs) Make()
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0, ends));
        return (ends[0], ends[1]);
    }

    /// <summary>The other end is closed, and everything from it has been read.</summary>
    public static bool HasEnded(int end)
    {
        byte next;
        return LibC.recv(end, &next, 1, LibC.MSG_PEEK) == 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int family, int type, int protocol, int* ends);
}
