using System.Buffers.Binary;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>Asks the kernel which unix socket another one is connected to, and where one listens (sock_diag(7)): what /proc does not say, or not for certain.</summary>
internal sealed unsafe class SocketDiagnosis : IDisposable
{
    private const int AF_NETLINK = 16;
    private const int SOCK_RAW = 3;
    private const int NETLINK_SOCK_DIAG = 4;
    private const ushort SOCK_DIAG_BY_FAMILY = 20;
    private const ushort NLM_F_REQUEST = 1;
    private const uint UDIAG_SHOW_NAME = 1;
    private const uint UDIAG_SHOW_PEER = 4;
    private const ushort UNIX_DIAG_NAME = 0;
    private const ushort UNIX_DIAG_PEER = 2;
    private const byte TCP_LISTEN = 10;

    /// <summary>struct nlmsghdr and struct unix_diag_req of linux/unix_diag.h.</summary>
    private const int RequestLength = 16 + 24;

    /// <summary>struct nlmsghdr and struct unix_diag_msg; attributes follow.</summary>
    private const int AnswerLength = 16 + 16;

    /// <summary>udiag_state.</summary>
    private const int StateOffset = 16 + 2;

    private const int AttributeHeader = 4;

    /// <summary>A path has at most 108 bytes.</summary>
    private const int MaxAnswer = 512;

    private readonly int descriptor = LibC.Result(LibC.socket(AF_NETLINK, SOCK_RAW | LibC.SOCK_CLOEXEC, NETLINK_SOCK_DIAG));

    /// <summary>The inode of the socket at the other end; 0 for one that is not connected, or where the kernel does not say.</summary>
    public uint PeerOf(uint inode)
    {
        Span<byte> answer = stackalloc byte[MaxAnswer];
        return PeerIn(answer[..Ask(inode, UDIAG_SHOW_PEER, answer)]);
    }

    /// <summary>The path that somebody listens at with this socket; null for any other socket, or where the kernel does not say.</summary>
    /// <remarks>/proc/net/unix says it, too, but shows paths as they are: anybody's may have a line feed in it, and behind it what looks like a line.</remarks>
    public string? ListeningPathOf(uint inode)
    {
        Span<byte> answer = stackalloc byte[MaxAnswer];
        return ListeningPathIn(answer[..Ask(inode, UDIAG_SHOW_NAME, answer)]);
    }

    public void Dispose() => Descriptor.Close(descriptor);

    internal static uint PeerIn(ReadOnlySpan<byte> answer) =>
        AttributeIn(answer, UNIX_DIAG_PEER) is { Length: sizeof(uint) } peer ? BinaryPrimitives.ReadUInt32LittleEndian(peer) : 0;

    internal static string? ListeningPathIn(ReadOnlySpan<byte> answer) =>
        AttributeIn(answer, UNIX_DIAG_NAME) is [(byte)'/', ..] path && answer[StateOffset] == TCP_LISTEN ? Encoding.UTF8.GetString(path.TrimEnd((byte)0)) : null;

    /// <summary>An answer, or an error; attributes are length, type, value, each padded to four bytes.</summary>
    private static ReadOnlySpan<byte> AttributeIn(ReadOnlySpan<byte> answer, ushort wanted)
    {
        if (answer.Length < AnswerLength || BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) != SOCK_DIAG_BY_FAMILY)
        {
            return [];
        }

        for (ReadOnlySpan<byte> rest = answer[AnswerLength..]; rest.Length >= AttributeHeader;)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (length < AttributeHeader || length > rest.Length)
            {
                return [];
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) == wanted)
            {
                return rest[AttributeHeader..length];
            }

            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }

        return [];
    }

    /// <returns>The length of the answer; 0 for none.</returns>
    private int Ask(uint inode, uint show, Span<byte> answer)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(request, RequestLength);
        BinaryPrimitives.WriteUInt16LittleEndian(request[4..], SOCK_DIAG_BY_FAMILY);
        BinaryPrimitives.WriteUInt16LittleEndian(request[6..], NLM_F_REQUEST);
        request[16] = LibC.AF_UNIX;
        BinaryPrimitives.WriteUInt32LittleEndian(request[20..], uint.MaxValue); // in any state
        BinaryPrimitives.WriteUInt32LittleEndian(request[24..], inode);
        BinaryPrimitives.WriteUInt32LittleEndian(request[28..], show);
        request[32..].Fill(0xff); // no cookie
        fixed (byte* asked = request)
        fixed (byte* answered = answer)
        {
            if (descriptor < 0 || LibC.send(descriptor, asked, RequestLength, 0) != RequestLength)
            {
                return 0;
            }

            // The kernel has answered by the time that send returns.
            return Math.Max(0, LibC.Result(LibC.recv(descriptor, answered, (nuint)answer.Length, LibC.MSG_DONTWAIT)));
        }
    }
}
