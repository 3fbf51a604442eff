using System.Buffers.Binary;
using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// Asks the kernel which unix socket another one is connected to, and where one listens (sock_diag(7)), which /proc does not say, or not
/// for certain.
/// </summary>
internal sealed class SocketDiagnosis : IDisposable
{
    private const uint UDIAG_SHOW_NAME = 1;
    private const uint UDIAG_SHOW_PEER = 4;
    private const ushort UNIX_DIAG_NAME = 0;
    private const ushort UNIX_DIAG_PEER = 2;
    private const byte TCP_LISTEN = 10;

    /// <summary>With struct unix_diag_req of linux/unix_diag.h.</summary>
    private const int RequestLength = DiagnosisSocket.HeaderLength + 24;

    /// <summary>With struct unix_diag_msg; attributes follow.</summary>
    private const int AnswerLength = DiagnosisSocket.HeaderLength + 16;

    /// <summary>udiag_state.</summary>
    private const int StateOffset = DiagnosisSocket.HeaderLength + 2;

    /// <summary>A path has at most 108 bytes.</summary>
    private const int MaxAnswer = 512;

    private readonly DiagnosisSocket kernel = new();

    /// <summary>
    /// The inode of the socket at the other end of an accepted one; 0 for any other socket, or if the kernel does not say. An accepted
    /// socket has the listener's name; a socket that connects or is half of a pair (socketpair(2)) has none.
    /// </summary>
    public uint AcceptedPeerOf(uint inode)
    {
        Span<byte> answer = stackalloc byte[MaxAnswer];
        return AcceptedPeerIn(answer[..Ask(inode, UDIAG_SHOW_PEER | UDIAG_SHOW_NAME, answer)]);
    }

    /// <summary>The path at which this socket listens; null for any other socket, or if the kernel does not say.</summary>
    /// <remarks>
    /// /proc/net/unix also says it, but shows paths as they are: anyone's path may contain a line feed, and after it text that looks like a
    /// line.
    /// </remarks>
    public string? ListeningPathOf(uint inode)
    {
        Span<byte> answer = stackalloc byte[MaxAnswer];
        return ListeningPathIn(answer[..Ask(inode, UDIAG_SHOW_NAME, answer)]);
    }

    public void Dispose() => kernel.Dispose();

    internal static uint AcceptedPeerIn(ReadOnlySpan<byte> answer) =>
        DiagnosisSocket.AttributeIn(answer, AnswerLength, UNIX_DIAG_PEER) is { Length: sizeof(uint) } peer
        && !DiagnosisSocket.AttributeIn(answer, AnswerLength, UNIX_DIAG_NAME).IsEmpty
            ? BinaryPrimitives.ReadUInt32LittleEndian(peer)
            : 0;

    internal static string? ListeningPathIn(ReadOnlySpan<byte> answer) =>
        DiagnosisSocket.AttributeIn(answer, AnswerLength, UNIX_DIAG_NAME) is [(byte)'/', ..] path && answer[StateOffset] == TCP_LISTEN
            ? Encoding.UTF8.GetString(path.TrimEnd((byte)0))
            : null;

    private int Ask(uint inode, uint show, Span<byte> answer)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        request[16] = LibC.AF_UNIX;
        BinaryPrimitives.WriteUInt32LittleEndian(request[20..], uint.MaxValue); // in any state
        BinaryPrimitives.WriteUInt32LittleEndian(request[24..], inode);
        BinaryPrimitives.WriteUInt32LittleEndian(request[28..], show);
        request[32..].Fill(0xff); // no cookie
        return kernel.Ask(request, answer);
    }
}
