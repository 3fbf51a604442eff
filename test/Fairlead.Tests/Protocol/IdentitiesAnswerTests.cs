using CsCheck;
using Fairlead.Protocol;

namespace Fairlead.Tests.Protocol;

public sealed class IdentitiesAnswerTests
{
    [Fact]
    public void Every_key_that_was_written_is_found()
        => Gen.Byte.Array[0, 20].Array[0, 12].Sample(blobs =>
        {
            byte[] message = List((uint)blobs.Length, blobs);
            Assert.True(IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer));
            Assert.Equal(blobs.Length, answer.Count);
            foreach (byte[] blob in blobs)
            {
                Assert.True(answer.Contains(blob));
            }

            Assert.False(answer.Contains("a key that is longer than any of these"u8));
        });

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(3u)]
    [InlineData(0x80000002u)]
    [InlineData(uint.MaxValue)]
    public void A_number_of_keys_that_is_not_what_follows_is_refused(uint count)
        => Assert.False(IdentitiesAnswer.TryRead(List(count, [[1], [2]]), out _));

    [Fact]
    public void Joined_entries_make_a_list()
    {
        byte[] first = List(2, [[1], [2]]);
        Assert.True(IdentitiesAnswer.TryRead(first, out IdentitiesAnswer answer));

        byte[] joined = new WireWriter()
            .WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER)
            .WriteUInt32((uint)answer.Count + 1)
            .WriteBytes(answer.Entries)
            .WriteString([3]).WriteString("wanted"u8)
            .ToFrame()[AgentFrame.HeaderLength..];

        Assert.Equal(List(3, [[1], [2], [3]], last: "wanted"), joined);
        Assert.True(IdentitiesAnswer.TryRead(joined, out IdentitiesAnswer three));
        Assert.True(three.Contains([3]));
    }

    [Fact]
    public void The_default_is_an_empty_list()
    {
        IdentitiesAnswer answer = default;
        Assert.Equal(0, answer.Count);
        Assert.False(answer.Contains([1]));
    }

    private static byte[] List(uint count, byte[][] blobs, string last = "comment")
    {
        WireWriter writer = new WireWriter().WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER).WriteUInt32(count);
        for (int index = 0; index < blobs.Length; index++)
        {
            writer.WriteString(blobs[index]).WriteString(System.Text.Encoding.UTF8.GetBytes(index == blobs.Length - 1 ? last : "comment"));
        }

        return writer.ToFrame()[AgentFrame.HeaderLength..];
    }
}
