using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>With <c>keys = "all"</c> a list holds the keys of every agent, and each signature goes to the agent that has the key.</summary>
public sealed class LendingTests : IDisposable
{
    private readonly RelayStage stage = new();

    public LendingTests() => stage.Options.MergesKeys = true;

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task Lists_are_merged_in_the_order_of_the_route_and_each_key_stands_once()
    {
        await stage.ConfigureAsync(
            stage.AddWithKeys("first", "k1", "k2"), stage.AddWithKeys("second", "k2", "k3"), stage.AddWithKeys("third", "k1", "k4"));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k2", "k3", "k4"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_borrowed_key_signs_with_its_own_agent_and_nobody_else_is_asked()
    {
        FakeAgent first = stage.AddWithKeys("first", "k1");
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(first, second);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k2"));

        Assert.Contains(second.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k2")));
        Assert.DoesNotContain(first.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k2")));
    }

    [Fact]
    public async Task An_agent_that_ends_lends_nothing_and_spoils_nothing()
    {
        await stage.ConfigureAsync(
            stage.AddWithKeys("first", "k1"), stage.Add("ends", _ => FakeReply.EndOfFile), stage.AddWithKeys("third", "k3"));
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1", "k3"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task The_lender_hears_the_binds_first()
    {
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first", "k1"), second);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Bind(1));
        await client.AskAsync(Messages.List);

        Assert.Equal([Messages.Bind(1), Messages.List], second.Received);
    }

    [Fact]
    public async Task A_list_grows_no_longer_than_a_message_may_be()
    {
        string[] Many(int from) => [.. Enumerable.Range(from, 100).Select(number => $"{number}".PadLeft(2000, 'k'))];
        await stage.ConfigureAsync(stage.AddWithKeys("first", Many(0)), stage.AddWithKeys("second", Many(100)));
        using RelayClient client = stage.Connect();
        byte[] answer = (await client.AskAsync(Messages.List))!;

        Assert.InRange(answer.Length - AgentFrame.HeaderLength, 2000 * 125, AgentLimits.MaxMessageLength);
    }

    [Fact]
    public async Task Without_it_a_key_that_was_not_listed_is_still_found_for_a_signature()
    {
        stage.Options.MergesKeys = false;
        FakeAgent second = stage.AddWithKeys("second", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("first", "k1"), second);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.NotEqual(Messages.Failure, await client.AskAsync(Messages.Sign("k2")));
        Assert.Contains(second.Received, frame => frame.AsSpan().SequenceEqual(Messages.Sign("k2")));
    }
}
