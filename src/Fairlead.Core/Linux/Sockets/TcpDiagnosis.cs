using System.Buffers.Binary;
using System.Net;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// Asks the kernel about the state of a TCP connection of this machine, whoever owns it (sock_diag(7), INET_DIAG_INFO): some 10 us, and
/// nothing is sent.
/// </summary>
internal static class TcpDiagnosis
{
    private const byte IPPROTO_TCP = 6;
    private const ushort INET_DIAG_INFO = 2;

    /// <summary>The kernel also finds listening sockets if no connection has these four numbers.</summary>
    private const byte TCP_LISTEN = 10;

    /// <summary>With struct inet_diag_req_v2 of linux/inet_diag.h.</summary>
    private const int RequestLength = DiagnosisSocket.HeaderLength + 56;

    /// <summary>With struct inet_diag_msg; attributes follow.</summary>
    private const int AnswerLength = DiagnosisSocket.HeaderLength + 72;

    /// <summary>idiag_state.</summary>
    private const int StateOffset = DiagnosisSocket.HeaderLength + 1;

    private const int IPv6Length = 16;

    /// <summary>struct tcp_info has grown to 250 bytes over the years; the fields that are read are at its beginning.</summary>
    private const int MaxAnswer = 1024;

    /// <summary>tcpi_backoff, tcpi_rto and tcpi_unacked of linux/tcp.h.</summary>
    private const int BackoffOffset = 4;
    private const int RetransmissionTimeoutOffset = 8;
    private const int UnacknowledgedOffset = 24;

    /// <param name="local">
    /// This machine's end. A link-local address needs its scope, as connections of it are bound to their interface.
    /// </param>
    /// <returns>Null for a connection that does not exist, or not in this network namespace, and if the kernel does not say.</returns>
    public static TcpAcknowledgement? Ask(IPEndPoint local, IPEndPoint peer)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        request[17] = IPPROTO_TCP;
        request[18] = 1 << (INET_DIAG_INFO - 1);
        BinaryPrimitives.WriteUInt32LittleEndian(request[20..], uint.MaxValue); // in any state
        BinaryPrimitives.WriteUInt16BigEndian(request[24..], (ushort)local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(request[26..], (ushort)peer.Port);
        if (!local.Address.TryWriteBytes(request[28..44], out int written) || !peer.Address.TryWriteBytes(request[44..60], out int other) || written != other)
        {
            return null;
        }

        request[16] = (byte)(written == IPv6Length ? LibC.AF_INET6 : LibC.AF_INET);
        BinaryPrimitives.WriteUInt32LittleEndian(request[60..], ScopeOf(local.Address));
        request[64..].Fill(0xff); // no cookie
        Span<byte> answer = stackalloc byte[MaxAnswer];
        using var kernel = new DiagnosisSocket();
        return In(answer[..kernel.Ask(request, answer)]);
    }

    internal static TcpAcknowledgement? In(ReadOnlySpan<byte> answer)
    {
        ReadOnlySpan<byte> info = DiagnosisSocket.AttributeIn(answer, AnswerLength, INET_DIAG_INFO);
        return info.Length < UnacknowledgedOffset + sizeof(uint) || answer[StateOffset] == TCP_LISTEN
            ? null
            : new TcpAcknowledgement(
                BinaryPrimitives.ReadUInt32LittleEndian(info[UnacknowledgedOffset..]),
                info[BackoffOffset],
                TimeSpan.FromMicroseconds(BinaryPrimitives.ReadUInt32LittleEndian(info[RetransmissionTimeoutOffset..])));
    }

    private static uint ScopeOf(IPAddress address) => address.IsIPv6LinkLocal ? (uint)address.ScopeId : 0;
}

/// <summary>How much of the sent data the peer of a TCP connection has acknowledged.</summary>
/// <param name="Unacknowledged">Segments that were sent and not yet acknowledged.</param>
/// <param name="Backoff">
/// How often the time-out has passed since the most recent acknowledgement, and was doubled (RFC 6298, section 5.5).
/// </param>
/// <param name="RetransmissionTimeout">
/// The time after which the kernel sends an unacknowledged segment again: at first the round trip and 200 ms.
/// </param>
internal readonly record struct TcpAcknowledgement(uint Unacknowledged, byte Backoff, TimeSpan RetransmissionTimeout);
