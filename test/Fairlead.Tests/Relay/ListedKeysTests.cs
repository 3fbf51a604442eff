using System.Text;
using CsCheck;
using Fairlead.Core.Frames;
using Fairlead.Core.Relay;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

public sealed class ListedKeysTests
{
    private static readonly Gen<string[]> Names = Noise.OneOf("", "a", "b", "c", "d", "e").Array[0, 6];

    [Fact]
    public void Lists_are_joined_in_their_order_each_key_once() => Gen.Select(Names, Names, Names).Sample((first, second, wanted) =>
    {
        var keys = new ListedKeys(Message(first));
        byte[][] wantedBlobs = [.. wanted.Select(Blob)];
        IReadOnlyList<byte[]> taken = keys.Take(Message(second), key => wantedBlobs.Contains(key, KeyBlobComparer.Instance));

        string[] joined = [.. first.Concat(second.Where(wanted.Contains)).Distinct()];
        Assert.Equal(Messages.Keys(joined), keys.ToFrame());
        Assert.Equal(joined.Except(first).Select(Blob), taken);
    });

    [Fact]
    public void Any_answer_of_another_agent_is_survived() => Gen.Byte[0, 3].Array[0, 40].Sample(bytes =>
    {
        var keys = new ListedKeys([(byte)AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER, .. bytes]);
        keys.Take([(byte)AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER, .. bytes], isWanted: null);
        Assert.True(IdentitiesAnswer.TryRead(keys.ToFrame().AsSpan(AgentFrame.HeaderLength), out _));
    });

    /// <summary>As many keys as fit into a message, from two agents that share none.</summary>
    [Fact]
    public void The_longest_lists_there_may_be_are_joined()
    {
        const int Count = 17_000;
        byte[][] messages = [.. Enumerable.Range(0, 2).Select(half => LongMessage(half * Count, Count))];
        var keys = new ListedKeys(messages[0]);

        Assert.InRange(messages[0].Length, 200_000, AgentLimits.MaxMessageLength);
        int room = (AgentLimits.MaxMessageLength - messages[0].Length) / (messages[0].Length / Count);
        Assert.InRange(keys.Take(messages[1], isWanted: null).Count, room - 1, room + 1);
    }

    private static byte[] Blob(string name) => Encoding.ASCII.GetBytes(name);

    private static byte[] Message(string[] names) => Messages.Keys(names)[AgentFrame.HeaderLength..];

    private static byte[] LongMessage(int first, int count)
    {
        WireWriter writer = new WireWriter().WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER).WriteUInt32((uint)count);
        for (int number = first; number < first + count; number++)
        {
            writer.WriteString(BitConverter.GetBytes(number)).WriteString([]);
        }

        return writer.ToFrame()[AgentFrame.HeaderLength..];
    }
}
