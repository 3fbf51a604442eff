using System.Buffers.Binary;

namespace Fairlead.Core.Linux;

/// <summary>Asks the kernel which unix socket another one is connected to (sock_diag(7)): what /proc does not say.</summary>
internal sealed unsafe class SocketDiagnosis : IDisposable
{
    private const int AF_NETLINK = 16;
    private const int SOCK_RAW = 3;
    private const int NETLINK_SOCK_DIAG = 4;
    private const ushort SOCK_DIAG_BY_FAMILY = 20;
    private const ushort NLM_F_REQUEST = 1;
    private const uint UDIAG_SHOW_PEER = 4;
    private const ushort UNIX_DIAG_PEER = 2;

    /// <summary>struct nlmsghdr and struct unix_diag_req of linux/unix_diag.h.</summary>
    private const int RequestLength = 16 + 24;

    /// <summary>struct nlmsghdr and struct unix_diag_msg; attributes follow.</summary>
    private const int AnswerLength = 16 + 16;

    private readonly int descriptor = LibC.Result(LibC.socket(AF_NETLINK, SOCK_RAW | LibC.SOCK_CLOEXEC, NETLINK_SOCK_DIAG));

    /// <summary>The inode of the socket at the other end; 0 for one that is not connected, or where the kernel does not say.</summary>
    public uint PeerOf(uint inode)
    {
        byte* bytes = stackalloc byte[512];
        var request = new Span<byte>(bytes, RequestLength);
        request.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(request, RequestLength);
        BinaryPrimitives.WriteUInt16LittleEndian(request[4..], SOCK_DIAG_BY_FAMILY);
        BinaryPrimitives.WriteUInt16LittleEndian(request[6..], NLM_F_REQUEST);
        request[16] = LibC.AF_UNIX;
        BinaryPrimitives.WriteUInt32LittleEndian(request[20..], uint.MaxValue); // in any state
        BinaryPrimitives.WriteUInt32LittleEndian(request[24..], inode);
        BinaryPrimitives.WriteUInt32LittleEndian(request[28..], UDIAG_SHOW_PEER);
        request[32..].Fill(0xff); // no cookie
        if (descriptor < 0 || LibC.send(descriptor, bytes, RequestLength, 0) != RequestLength)
        {
            return 0;
        }

        // The kernel has answered by the time that send returns.
        int length = LibC.Result(LibC.recv(descriptor, bytes, 512, LibC.MSG_DONTWAIT));
        return length < 0 ? 0 : PeerIn(new ReadOnlySpan<byte>(bytes, length));
    }

    public void Dispose() => Descriptor.Close(descriptor);

    /// <summary>An answer, or an error; attributes are length, type, value, each padded to four bytes.</summary>
    internal static uint PeerIn(ReadOnlySpan<byte> answer)
    {
        if (answer.Length < AnswerLength || BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) != SOCK_DIAG_BY_FAMILY)
        {
            return 0;
        }

        for (ReadOnlySpan<byte> rest = answer[AnswerLength..]; rest.Length >= 8;)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) == UNIX_DIAG_PEER && length == 8)
            {
                return BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            }

            rest = length < 4 ? [] : rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }

        return 0;
    }
}
