using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Doctor;

/// <summary>Looks who listens at the path of the agent socket, and sends nothing.</summary>
internal static class SocketListenerReader
{
    /// <param name="uid">Whose socket it must be.</param>
    /// <param name="daemonRuns">Without a daemon, a dead socket of ours is a leftover and no problem.</param>
    public static SocketListener Read(string path, uint uid, bool daemonRuns)
    {
        int result = UnixStream.ReadListener(path, out PeerCredentials peer);
        if (result >= 0)
        {
            return peer.Uid == uid ? SocketListener.Ours : SocketListener.Stranger;
        }

        bool isThere = FileStatus.TryRead(path, out FileStatus status) >= 0;
        bool isOurs = !isThere || (status.Kind == FileKind.Socket && status.Uid == uid);
        return !isOurs ? SocketListener.Stranger
            : !daemonRuns || result == -Errno.EAGAIN ? SocketListener.Unknown
            : result == -Errno.EACCES ? SocketListener.OutOfReach
            : SocketListener.Nobody;
    }
}
