namespace Fairlead.EndToEnd.Wire;

/// <summary>
/// Well-formed, odd and broken bytes, sent to ssh-agent and to fairlead in front of another one: the answers are the same.
/// </summary>
public sealed class WireParityTests : IAsyncLifetime
{
    private WireStage stage = null!;

    public async ValueTask InitializeAsync() => stage = await WireStage.Raise();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Theory]
    [InlineData(Message.Longest + 1, Label = "a length over the limit")]
    [InlineData(int.MaxValue, Label = "the highest length")]
    [InlineData(-1, Label = "a negative length")]
    public async Task Too_long_a_message_ends_the_conversation(int length)
    {
        await Same([.. Message.Length(length), Message.RequestIdentities], answers: int.MaxValue, expected: 0);
    }

    [Fact]
    public async Task The_longest_message_is_taken()
    {
        byte[] longest = Message.Frame(200, new byte[Message.Longest - 1]);
        await Same(longest, answers: 1, expected: 1);
    }

    [Theory]
    [InlineData(0, Label = "nothing at all")]
    [InlineData(2, Label = "half a length")]
    [InlineData(4, Label = "a length and no message")]
    public async Task A_truncated_message_ends_without_an_answer(int bytes)
    {
        (List<string> direct, List<string> through) = await stage.PlayBoth(async client =>
        {
            await client.Send(Message.List.AsMemory(0, bytes));
            client.EndSending();
            return await client.ReadFrames(int.MaxValue);
        });

        Assert.Empty(direct);
        Assert.Empty(through);
    }

    [Fact]
    public async Task A_message_may_come_byte_by_byte()
    {
        (List<string> direct, List<string> through) = await stage.PlayBoth(async client =>
        {
            foreach (byte part in Message.List)
            {
                await client.Send(new[] { part });
            }
            return await client.ReadFrames(1);
        });

        Assert.Equal(direct, through);
        Assert.StartsWith("0C00000002", Assert.Single(through), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public Task Requests_sent_in_one_piece_are_answered_in_order(int requests)
    {
        IEnumerable<byte> mixed = Enumerable.Range(0, requests)
            .SelectMany(turn => turn % 2 == 0 ? Message.List : Message.ExtensionNamed($"unknown-{turn}@example.org"));
        return Same([.. mixed], answers: requests, expected: requests);
    }

    [Fact]
    public async Task A_conversation_goes_on_after_a_refusal()
    {
        byte[] refusedAndNot = [.. Message.Frame(200), .. Message.List, .. Message.Frame(Message.SignRequest), .. Message.List];
        await Same(refusedAndNot, answers: 4, expected: 4);
    }

    [Theory]
    [InlineData("query")]
    [InlineData("no-such-extension@example.org")]
    [InlineData("session-bind@openssh.com")]
    [InlineData("")]
    public Task Extensions_are_answered_alike(string name) => Same(Message.ExtensionNamed(name), answers: 1, expected: 1);

    /// <summary>An empty lock request ends ssh-agent itself, on purpose; so these two are left out.</summary>
    [Fact]
    public async Task Every_type_of_message_without_a_body_is_answered_alike()
    {
        foreach (byte type in Enumerable.Range(0, 256).Select(type => (byte)type).Except([Message.Lock, Message.Unlock]))
        {
            (List<string> direct, List<string> through) = await stage.PlayBoth(async client =>
            {
                await client.Send(Message.Frame(type));
                return await client.ReadFrames(1);
            });
            Assert.True(direct.SequenceEqual(through), $"type {type}: [{string.Join(' ', direct)}] but [{string.Join(' ', through)}]");
        }
    }

    private async Task Same(byte[] bytes, int answers, int expected)
    {
        (List<string> direct, List<string> through) = await stage.PlayBoth(async client =>
        {
            await client.Send(bytes);
            return await client.ReadFrames(answers);
        });

        Assert.Equal(direct, through);
        Assert.Equal(expected, through.Count);
    }
}
