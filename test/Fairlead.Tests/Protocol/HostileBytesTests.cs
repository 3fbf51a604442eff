using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

/// <summary>No bytes make a reader throw or look behind their end, and no request costs the garbage collector anything.</summary>
public sealed class HostileBytesTests
{
    private static readonly Gen<byte[]> CapturedMessage = Noise.OneOf(Corpus.Messages);

    // Lengths at the edges of 31 and 32 bits are what careless readers trip over.
    private static readonly Gen<byte[]> Damage = Gen.OneOf(
        Gen.Byte.Array[1, 6],
        Noise.OneOf<byte[]>([0xff, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0x7f, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xfc], [0, 0, 0, 0]));

    [Fact]
    public void Arbitrary_bytes_are_survived() => Gen.Byte.Array[0, 80].Sample(bytes => Transcript.Of(bytes));

    [Fact]
    public void Arbitrary_bytes_behind_any_known_type_are_survived()
        => Gen.Select(Gen.Enum<AgentMessageType>(), Gen.Byte[0, 3].Array[0, 60])
            .Sample((type, body) => Transcript.Of((byte[])[(byte)type, .. body]));

    [Fact]
    public void Arbitrary_bytes_behind_a_known_extension_name_are_survived()
        => Gen.Select(Gen.Bool, Noise.OneOf("session-bind@openssh.com", "query", "trace@fairlead"), Gen.Byte[0, 3].Array[0, 60])
            .Sample((asked, name, body) =>
            {
                byte[] frame = new WireWriter()
                    .WriteType(asked ? AgentMessageType.SSH_AGENTC_EXTENSION : AgentMessageType.SSH_AGENT_EXTENSION_RESPONSE)
                    .WriteString(System.Text.Encoding.UTF8.GetBytes(name))
                    .WriteBytes(body)
                    .ToFrame();
                Transcript.Of(frame.AsSpan(AgentFrame.HeaderLength));
            });

    [Fact]
    public void Damaged_messages_are_survived()
        => Gen.Select(CapturedMessage, Gen.UInt, Damage).Sample((message, where, damage) =>
        {
            byte[] damaged = [.. message];
            int start = (int)(where % (uint)damaged.Length);
            int count = Math.Min(damage.Length, damaged.Length - start);
            damage.AsSpan(0, count).CopyTo(damaged.AsSpan(start));
            Transcript.Of(damaged);
        });

    [Fact]
    public void Nobody_looks_behind_the_end_of_a_truncated_message()
    {
        foreach (byte[] message in Corpus.Messages)
        {
            for (int length = 0; length < message.Length; length++)
            {
                Assert.Equal(Transcript.Of(message.Take(length).ToArray()), Transcript.Of(message.AsSpan(0, length)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Corpus.RequestNames), MemberType = typeof(Corpus))]
    public void A_request_that_ends_early_is_never_taken_for_a_readable_signature_or_bind(string name)
    {
        byte[] message = Corpus.Message(name);
        for (int length = 0; length < message.Length; length++)
        {
            ReadOnlySpan<byte> truncated = message.AsSpan(0, length);
            Assert.False(SignRequest.TryRead(truncated, out _));
            Assert.False(SessionBind.TryRead(truncated, out _));
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        ReadAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void ReadAll()
        {
            foreach (byte[] message in Corpus.Messages)
            {
                _ = Request.AsksPerson(Request.KindOf(message));
                _ = IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer) && answer.Contains(message);
                _ = SessionBind.TryRead(message, out _);
                _ = AgentFrame.Failure.Span.Length;
            }
        }
    }

    [Fact]
    public void A_bind_is_read_as_it_was_written_and_what_follows_is_ignored() =>
        Gen.Select(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 140], Gen.Byte.Array[0, 60], Gen.Bool, Gen.Byte.Array[0, 5])
            .Sample((hostKey, sessionId, signature, isForwarding, more) =>
            {
                byte[] frame = new WireWriter()
                    .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION).WriteString(ExtensionNames.SessionBind)
                    .WriteString(hostKey).WriteString(sessionId).WriteString(signature).WriteBoolean(isForwarding).WriteBytes(more).ToFrame();

                Assert.True(SessionBind.TryRead(frame.AsSpan(AgentFrame.HeaderLength), out SessionBind bind));
                Assert.Equal(hostKey, bind.HostKey.ToArray());
                Assert.Equal(sessionId, bind.SessionId.ToArray());
                Assert.Equal(signature, bind.Signature.ToArray());
                Assert.Equal(isForwarding, bind.IsForwarding);
            });

    /// <summary>As many parts as fit: empty keys, which take eight bytes each.</summary>
    [Fact]
    public void The_longest_message_there_may_be_is_read_without_a_byte_of_garbage()
    {
        const int Count = (AgentLimits.MaxMessageLength - 5) / 8;
        byte[] message = [(byte)AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER, 0, 0, Count >> 8, Count & 0xff, .. new byte[Count * 8]];
        Assert.True(Read());
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(Read());
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        bool Read() => IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer) && answer.Count == Count && !answer.Contains("k"u8);
    }
}
