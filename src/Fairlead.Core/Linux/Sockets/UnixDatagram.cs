using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>One message to a unix datagram socket.</summary>
internal static unsafe class UnixDatagram
{
    /// <param name="path">Of the socket; with @ as its first character a name in the abstract namespace (unix(7)).</param>
    /// <returns>Zero, or minus errno. Never waits.</returns>
    public static int Send(string path, string message)
    {
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            return -Errno.ENAMETOOLONG;
        }

        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0));
        if (socket < 0)
        {
            return socket;
        }

        // An abstract name ends with its length, not with a zero.
        byte* bytes = (byte*)&address;
        uint size = UnixAddress.Size;
        if (path[0] == '@')
        {
            bytes[sizeof(ushort)] = 0;
            size = (uint)(sizeof(ushort) + Encoding.UTF8.GetByteCount(path));
        }

        byte[] text = Encoding.UTF8.GetBytes(message);
        int sent;
        fixed (byte* first = text)
        {
            sent = LibC.Result(LibC.sendto(socket, first, (nuint)text.Length, LibC.MSG_NOSIGNAL, bytes, size));
        }

        _ = LibC.close(socket);
        return Math.Min(sent, 0);
    }
}
