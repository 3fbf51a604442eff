using System.Buffers.Binary;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// A netlink socket through which the kernel tells any user what it knows about sockets (sock_diag(7)). One question, one answer.
/// </summary>
internal sealed unsafe class DiagnosisSocket : IDisposable
{
    /// <summary>struct nlmsghdr of linux/netlink.h: precedes each question and each answer.</summary>
    public const int HeaderLength = 16;

    private const int AF_NETLINK = 16;
    private const int SOCK_RAW = 3;
    private const int NETLINK_SOCK_DIAG = 4;
    private const ushort SOCK_DIAG_BY_FAMILY = 20;
    private const ushort NLM_F_REQUEST = 1;
    private const int AttributeHeader = 4;

    private readonly int descriptor = LibC.Result(LibC.socket(AF_NETLINK, SOCK_RAW | LibC.SOCK_CLOEXEC, NETLINK_SOCK_DIAG));

    /// <summary>Asks about one socket.</summary>
    /// <param name="request">Its header is filled in here.</param>
    /// <returns>The length of the answer; 0 for none.</returns>
    public int Ask(Span<byte> request, Span<byte> answer)
    {
        BinaryPrimitives.WriteInt32LittleEndian(request, request.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(request[4..], SOCK_DIAG_BY_FAMILY);
        BinaryPrimitives.WriteUInt16LittleEndian(request[6..], NLM_F_REQUEST);
        fixed (byte* asked = request)
        fixed (byte* answered = answer)
        {
            if (descriptor < 0 || LibC.send(descriptor, asked, (nuint)request.Length, 0) != request.Length)
            {
                return 0;
            }

            // The kernel has answered by the time send returns.
            return Math.Max(0, LibC.Result(LibC.recv(descriptor, answered, (nuint)answer.Length, LibC.MSG_DONTWAIT)));
        }
    }

    public void Dispose() => Descriptor.Close(descriptor);

    /// <summary>
    /// An attribute of an answer; nothing if there is none, or if the answer is an error. Attributes are length, type, value, each padded
    /// to four bytes.
    /// </summary>
    /// <param name="length">The length of the answer's header and of the structure that its family puts after it.</param>
    public static ReadOnlySpan<byte> AttributeIn(ReadOnlySpan<byte> answer, int length, ushort wanted)
    {
        if (answer.Length < length || BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) != SOCK_DIAG_BY_FAMILY)
        {
            return [];
        }

        for (ReadOnlySpan<byte> rest = answer[length..]; rest.Length >= AttributeHeader;)
        {
            int taken = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (taken < AttributeHeader || taken > rest.Length)
            {
                return [];
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) == wanted)
            {
                return rest[AttributeHeader..taken];
            }

            rest = rest[Math.Min(rest.Length, (taken + 3) & ~3)..];
        }

        return [];
    }
}
