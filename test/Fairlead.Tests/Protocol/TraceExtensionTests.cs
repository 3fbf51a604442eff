using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class TraceExtensionTests
{
    private static readonly Gen<string> InstanceId =
        Gen.Char['!', '~'].Array[1, TraceExtension.MaxInstanceIdLength].Select(letters => new string(letters));

    [Fact]
    public void A_request_is_read_as_it_was_written()
        => InstanceId.Array[0, TraceExtension.MaxInstances].Sample(ids =>
        {
            string? token = ids.FirstOrDefault();
            byte[] message = TraceExtension.WriteRequest(ids, token)[AgentFrame.HeaderLength..];
            Assert.Equal(RequestKind.Trace, Request.KindOf(message));
            Assert.True(TraceExtension.TryReadRequest(message, out string[] read, out string? readToken));
            Assert.Equal(ids, read);
            Assert.Equal(token, readToken);
        });

    [Fact]
    public void An_answer_is_read_as_it_was_written()
        => Gen.Select(InstanceId, Gen.Bool).Sample((id, leadsBack) =>
        {
            byte[] message = TraceExtension.WriteAnswer(id, leadsBack)[AgentFrame.HeaderLength..];
            Assert.True(TraceExtension.TryReadAnswer(message, out string readId, out bool readLeadsBack));
            Assert.Equal((id, leadsBack), (readId, readLeadsBack));
        });

    [Fact]
    public void The_bytes_are_those_that_other_versions_expect()
    {
        Assert.Equal(
            "\0\0\0\u0021\u001b\0\0\0\u000etrace@fairlead\0\0\0\u0002\0\0\0\u0001a\0\0\0\u0001b"u8.ToArray(),
            TraceExtension.WriteRequest(["a", "b"]));
        Assert.Equal(
            "\0\0\0\u0019\u001d\0\0\0\u000etrace@fairlead\0\0\0\u0001a\u0001"u8.ToArray(),
            TraceExtension.WriteAnswer("a", leadsBack: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("bell\a")]
    [InlineData("\u001b[2J")]
    [InlineData("é")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Ids_that_are_unsafe_to_print_or_too_long_are_refused(string id)
    {
        Assert.Throws<ArgumentException>(() => TraceExtension.WriteRequest([id]));
        Assert.Throws<ArgumentException>(() => TraceExtension.WriteAnswer(id, leadsBack: false));
        Assert.False(TraceExtension.TryReadRequest(Asked(1, id), out string[] ids, out _));
        Assert.Empty(ids);
    }

    [Fact]
    public void The_ninth_instance_is_one_too_many()
    {
        string[] nine = [.. Enumerable.Range(1, 9).Select(number => $"host{number}")];
        Assert.Throws<ArgumentException>(() => TraceExtension.WriteRequest(nine));
        Assert.False(TraceExtension.TryReadRequest(Asked(9, nine), out _, out _));
        Assert.True(TraceExtension.TryReadRequest(Asked(8, nine[..8]), out _, out _));
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(0xffffffffu)]
    public void More_ids_than_follow_are_refused(uint count) => Assert.False(TraceExtension.TryReadRequest(Asked(count, "a"), out _, out _));

    [Fact]
    public void What_a_later_version_adds_is_ignored()
    {
        Assert.True(TraceExtension.TryReadRequest([.. Asked(1, "a"), 1, 2, 3], out string[] ids, out _));
        Assert.Equal(["a"], ids);
        byte[] answer = TraceExtension.WriteAnswer("a", leadsBack: true)[AgentFrame.HeaderLength..];
        Assert.True(TraceExtension.TryReadAnswer([.. answer, 9], out _, out bool leadsBack));
        Assert.True(leadsBack);
    }

    [Fact]
    public void The_answers_of_other_agents_are_no_trace()
        => Assert.All(Corpus.Messages, message => Assert.False(TraceExtension.TryReadAnswer(message, out _, out _)));

    private static byte[] Asked(uint count, params string[] ids)
    {
        WireWriter writer = new WireWriter()
            .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION).WriteString(ExtensionNames.Trace).WriteUInt32(count);
        foreach (string id in ids)
        {
            writer.WriteString(System.Text.Encoding.UTF8.GetBytes(id));
        }

        return writer.ToFrame()[AgentFrame.HeaderLength..];
    }
}
