namespace Fairlead.Tests.Relay;

/// <summary>Binds belong to the conversation: every agent that it turns to hears them first.</summary>
public sealed class BindTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task Every_agent_that_is_asked_hears_all_binds_in_order_first()
    {
        FakeAgent ends = stage.Add("ends", frame => frame.AsSpan().SequenceEqual(Messages.List) ? FakeReply.EndOfFile : Messages.Success);
        FakeAgent refuses = stage.Add("refuses", frame => frame.AsSpan().SequenceEqual(Messages.List) ? Messages.Keys() : Messages.Failure);
        FakeAgent good = stage.AddWithKeys("good", "k1");
        await stage.ConfigureAsync(ends, refuses, good);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(2)));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        byte[][] expected = [Messages.Bind(1), Messages.Bind(2), Messages.List];
        Assert.All([ends, refuses, good], agent => Assert.Equal(expected, Assert.Single(agent.Conversations)));
    }

    [Fact]
    public async Task The_leaders_refusal_of_a_bind_is_the_answer_and_the_bind_is_remembered()
    {
        bool isDead = false;
        FakeAgent refuses = stage.Add("refuses", _ => Volatile.Read(ref isDead) ? FakeReply.EndOfFile : Messages.Failure);
        FakeAgent good = stage.AddWithKeys("good", "k1");
        await stage.ConfigureAsync(refuses, good);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Bind(1)));
        Volatile.Write(ref isDead, true);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal([Messages.Bind(1), Messages.List], Assert.Single(good.Conversations));
    }

    [Fact]
    public async Task A_bind_without_an_agent_is_accepted_and_told_to_the_one_that_comes()
    {
        await stage.ConfigureAsync(stage.Folder["later"]);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));

        FakeAgent later = stage.AddWithKeys("later", "k1");
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal([Messages.Bind(1), Messages.List], later.Received);
    }

    [Fact]
    public async Task An_agent_that_ends_at_a_bind_is_passed_over()
    {
        FakeAgent ends = stage.Add("ends", _ => FakeReply.EndOfFile);
        FakeAgent good = stage.AddWithKeys("good", "k1");
        await stage.ConfigureAsync(ends, good);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(2)));
        Assert.Equal([Messages.Bind(1), Messages.Bind(2)], Assert.Single(good.Conversations));
    }

    [Fact]
    public async Task What_an_agent_says_unasked_is_not_taken_for_the_answer_to_a_bind()
    {
        FakeAgent chatty = stage.Add("chatty", frame => frame.AsSpan().SequenceEqual(Messages.List)
            ? new FakeReply([.. Messages.Keys("k1"), .. Messages.Failure])
            : Messages.Success);
        await stage.ConfigureAsync(chatty);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
    }

    [Fact]
    public async Task With_more_binds_than_can_be_replayed_the_conversation_stays_with_its_agent()
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(stage.Folder["later"], agent.Path);
        using RelayClient client = stage.Connect();
        for (int number = 1; number <= 17; number++)
        {
            Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(number)));
        }

        // Another agent leads now, and would not have heard of the seventeenth.
        FakeAgent later = stage.AddWithKeys("later", "k2");
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Signature("k1"), await client.AskAsync(Messages.Sign("k1")));
        Assert.Equal(19, Assert.Single(agent.Conversations).Count);
        Assert.Empty(later.Received);
    }

    [Fact]
    public async Task With_more_binds_than_can_be_replayed_nobody_else_is_asked_when_the_agent_ends()
    {
        FakeAgent agent = stage.Add("agent", frame => frame.AsSpan().SequenceEqual(Messages.List) ? FakeReply.EndOfFile : Messages.Success);
        FakeAgent other = stage.AddWithKeys("other", "k2");
        await stage.ConfigureAsync(agent, other);
        using RelayClient client = stage.Connect();
        for (int number = 1; number <= 17; number++)
        {
            Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(number)));
        }

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Sign("k2")));
        Assert.Empty(other.Received);
    }
}
