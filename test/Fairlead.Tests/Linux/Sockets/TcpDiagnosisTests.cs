using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CsCheck;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Linux.Sockets;

public sealed class TcpDiagnosisTests
{
    private const ushort Info = 2;

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1", "::1")]
    [InlineData("::", "127.0.0.1", "127.0.0.1")] // a server that takes both kinds, which sees the address mapped and tells it as it is
    public void A_connection_says_what_is_acknowledged(string server, string client, string told)
    {
        using var listening = Listen(server);
        using Socket connected = Connect(listening, client, out Socket accepted);
        using (accepted)
        {
            accepted.Send("answered by the kernel at once"u8);
            TcpAcknowledgement? seen = TcpDiagnosis.Ask(Told(accepted.LocalEndPoint!, told), Told(accepted.RemoteEndPoint!, told));
            Assert.True(seen is { Unacknowledged: 0, Backoff: 0 }, $"{seen}");
            Assert.InRange(seen.Value.RetransmissionTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public void A_socket_that_listens_is_no_connection()
    {
        using var listening = Listen("127.0.0.1");
        var local = (IPEndPoint)listening.LocalEndPoint!;
        Assert.Null(TcpDiagnosis.Ask(local, new IPEndPoint(IPAddress.Loopback, 1)));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("127.0.0.1", "::1")]
    [InlineData("fe80::1%1", "fe80::2%1")]
    public void One_that_is_not_there_says_nothing(string local, string peer) =>
        Assert.Null(TcpDiagnosis.Ask(new IPEndPoint(IPAddress.Parse(local), 1), new IPEndPoint(IPAddress.Parse(peer), 1)));

    [Fact]
    public void What_stands_in_an_answer_is_read() =>
        Gen.Select(Gen.UInt, Gen.Byte, Gen.UInt[0, 120_000_000], Gen.Byte[1, 11]).Sample((unacknowledged, backoff, timeout, state) =>
        {
            byte[] info = new byte[232];
            info[4] = backoff;
            BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(8), timeout);
            BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(24), unacknowledged);
            TcpAcknowledgement? expected = state == 10 ? null : new(unacknowledged, backoff, TimeSpan.FromMicroseconds(timeout));
            Assert.Equal(expected, TcpDiagnosis.In(Answer(state, info)));
        });

    [Fact]
    public void Any_answer_is_survived() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Select(Gen.Byte[0, 12], Gen.Byte.Array[0, 60], (state, info) => Answer(state, info)), Gen.Byte.Array[0, 60].Select(end => Answer(1, []).Concat(end).ToArray()))
            .Sample(answer => Assert.True(TcpDiagnosis.In(answer) is null || answer.Length > 88 + 28));

    /// <summary>struct nlmsghdr and struct inet_diag_msg, then struct tcp_info as an attribute.</summary>
    private static byte[] Answer(byte state, byte[] info)
    {
        byte[] head = new byte[88];
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), 20);
        head[17] = state;
        byte[] attribute = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(4 + info.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), Info);
        return [.. head, .. attribute, .. info];
    }

    private static Socket Listen(string address)
    {
        var parsed = IPAddress.Parse(address);
        var listening = new Socket(parsed.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (parsed.Equals(IPAddress.IPv6Any))
        {
            listening.DualMode = true;
        }

        listening.Bind(new IPEndPoint(parsed, 0));
        listening.Listen();
        return listening;
    }

    private static Socket Connect(Socket listening, string address, out Socket accepted)
    {
        var parsed = IPAddress.Parse(address);
        var client = new Socket(parsed.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(new IPEndPoint(parsed, ((IPEndPoint)listening.LocalEndPoint!).Port));
        accepted = listening.Accept();
        return client;
    }

    private static IPEndPoint Told(EndPoint end, string address) => new(IPAddress.Parse(address), ((IPEndPoint)end).Port);
}
