using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// The process at the other end of a unix socket, as the kernel noted it at connect() or, seen from a client, at listen() (SO_PEERCRED,
/// unix(7)). A pid of 0 is a process of another pid namespace.
/// </summary>
internal readonly record struct PeerCredentials(int Pid, uint Uid, uint Gid)
{
    /// <summary>No process and no user: unreadable credentials must not look like root's.</summary>
    private static readonly PeerCredentials Nobody = new(0, uint.MaxValue, uint.MaxValue);

    public static unsafe bool TryRead(int descriptor, out PeerCredentials credentials)
    {
        PeerCredentials read = default;
        uint size = (uint)sizeof(PeerCredentials);
        bool ok = LibC.getsockopt(descriptor, LibC.SOL_SOCKET, LibC.SO_PEERCRED, &read, &size) == 0 && size == sizeof(PeerCredentials);
        credentials = ok ? read : Nobody;
        return ok;
    }
}
