using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Tests.Linux.Sockets;

/// <summary>Alone: a process that another test is just starting holds a copy of every socket until it has become its program.</summary>
[Collection(WholeProcess.Name)]
public sealed class SocketDiagnosisTests : IDisposable
{
    private const ushort Name = 0;
    private const ushort Peer = 2;
    private const byte Listening = 10;

    private readonly TempFolder folder = new();
    private readonly SocketDiagnosis diagnosis = new();

    public void Dispose()
    {
        diagnosis.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("s")]
    [InlineData("with space")]
    [InlineData("gr\u00fc\u00dfe\n")]
    public void A_listening_socket_says_its_path(string name)
    {
        int listening = UnixListener.Bind(folder[name]);
        Assert.Equal(folder[name], diagnosis.ListeningPathOf(InodeOf(listening)));
        _ = LibC.close(listening);
    }

    /// <summary>Its path reads in /proc/net/unix as if the other socket listened at a path of somebody else's choice.</summary>
    [Fact]
    public void No_path_speaks_for_another_socket()
    {
        int listening = UnixListener.Bind(folder["s"]);
        uint inode = InodeOf(listening);
        int lying = UnixListener.Bind(folder[$"x\n0: 2 0 00010000 1 1 {inode} "] + "y");

        Assert.Equal(folder["s"], diagnosis.ListeningPathOf(inode));

        _ = LibC.close(listening);
        Assert.Null(diagnosis.ListeningPathOf(inode));
        _ = LibC.close(lying);
    }

    [Fact]
    public void A_socket_that_was_accepted_says_its_peer_and_one_that_connects_none()
    {
        using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(folder["s"]));
        listening.Listen();
        client.Connect(new UnixDomainSocketEndPoint(folder["s"]));
        using Socket server = listening.Accept();

        Assert.Null(diagnosis.ListeningPathOf(InodeOf((int)client.Handle)));
        Assert.Null(diagnosis.ListeningPathOf(InodeOf((int)server.Handle)));
        Assert.Equal(InodeOf((int)client.Handle), diagnosis.AcceptedPeerOf(InodeOf((int)server.Handle)));
        Assert.Equal(0u, diagnosis.AcceptedPeerOf(InodeOf((int)client.Handle)));
        Assert.Equal(0u, diagnosis.AcceptedPeerOf(InodeOf((int)listening.Handle)));
    }

    [Fact]
    public void What_stands_in_an_answer_is_found_whatever_else_stands_there() =>
        Gen.Select(Attributes, Gen.UInt, Gen.Char['!', '~'].Array[0, 107].Select(letters => "/" + new string(letters)), Gen.Bool).Sample((others, peer, path, isListening) =>
        {
            byte[] answer =
            [
                .. Answer(isListening ? Listening : (byte)1, others.Where(other => other.Type > 2)),
                .. Attribute(Peer, BitConverter.GetBytes(peer)),
                .. Attribute(Name, Encoding.ASCII.GetBytes(path)),
            ];
            Assert.Equal(peer, SocketDiagnosis.AcceptedPeerIn(answer));
            Assert.Equal(isListening ? path : null, SocketDiagnosis.ListeningPathIn(answer));
        });

    [Fact]
    public void Any_answer_is_survived() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 200],
            Gen.Select(Gen.Byte.Array[0, 40], Attributes, (end, attributes) => Answer(Listening, attributes).Concat(end).ToArray()),
            Gen.Byte[0, 9].Array[0, 120].Select(end => Answer(Listening, []).Concat(end).ToArray()))
            .Sample(answer =>
            {
                Assert.True(SocketDiagnosis.AcceptedPeerIn(answer) == 0 || answer.Length >= 40);
                Assert.True(SocketDiagnosis.ListeningPathIn(answer) is null or ['/', ..]);
            });

    private static Gen<(ushort Type, byte[] Value)[]> Attributes =>
        Gen.Select(Gen.UShort[0, 8], Gen.Byte.Array[0, 20], (type, value) => (type, value)).Array[0, 4];

    /// <summary>struct nlmsghdr and struct unix_diag_msg, then attributes.</summary>
    private static byte[] Answer(byte state, IEnumerable<(ushort Type, byte[] Value)> attributes)
    {
        byte[] head = new byte[32];
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), 20);
        head[18] = state;
        return [.. head, .. attributes.SelectMany(attribute => Attribute(attribute.Type, attribute.Value))];
    }

    private static byte[] Attribute(ushort type, byte[] value)
    {
        byte[] padded = new byte[(4 + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(padded, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(padded.AsSpan(2), type);
        value.CopyTo(padded, 4);
        return padded;
    }

    private static uint InodeOf(int descriptor)
    {
        Assert.True(SymbolicLink.TryRead($"/proc/self/fd/{descriptor}", out string target));
        Assert.True(ProcessDescriptors.TryParseSocket(target, out ulong inode));
        return (uint)inode;
    }
}
