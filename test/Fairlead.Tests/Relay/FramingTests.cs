using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>However the bytes arrive, each request is one request, and a broken one ends its own conversation only.</summary>
public sealed class FramingTests : IAsyncLifetime
{
    private readonly RelayStage stage = new();

    public async ValueTask InitializeAsync() => await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));

    public ValueTask DisposeAsync()
    {
        stage.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_request_may_come_byte_by_byte()
    {
        using RelayClient client = stage.Connect();
        foreach (byte one in Messages.Sign("k1"))
        {
            await client.SendAsync([one]);
            await stage.Thread.RunAsync(() => { }); // the loop has had its turn between any two bytes
        }

        Assert.Equal(Messages.Signature("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Length_and_body_may_come_apart_as_ssh_sends_them()
    {
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List[..4]);
        await stage.Thread.RunAsync(() => { });
        await client.SendAsync(Messages.List[4..]);

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(AgentLimits.MaxMessageLength + 1u)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public async Task A_length_that_cannot_be_ends_only_its_own_conversation(uint length)
    {
        using RelayClient good = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await good.AskAsync(Messages.List));

        using RelayClient bad = stage.Connect();
        await bad.SendAsync(new WireWriter().WriteUInt32(length).WriteUInt32(length).ToFrame()[4..]);

        Assert.Null(await bad.ReceiveAsync());
        Assert.Equal(Messages.Keys("k1"), await good.AskAsync(Messages.List));
    }

    [Fact]
    public async Task The_longest_message_there_may_be_passes_both_ways()
    {
        byte[] longest = Messages.Sign("k1", AgentLimits.MaxMessageLength - 1 - 4 - 2 - 4 - 4);
        Assert.Equal(AgentFrame.HeaderLength + AgentLimits.MaxMessageLength, longest.Length);
        FakeAgent echo = stage.Add("echo", frame => frame);
        await stage.ConfigureAsync(echo);
        using RelayClient client = stage.Connect();

        Assert.Equal(longest, await client.AskAsync(longest));
    }

    [Fact]
    public async Task Requests_sent_without_waiting_are_answered_in_order()
    {
        FakeAgent echo = stage.Add("echo", frame => frame);
        await stage.ConfigureAsync(echo);
        using RelayClient client = stage.Connect();
        byte[][] requests = [.. Enumerable.Range(0, 100).Select(number => Messages.Extension($"number-{number}@example.org"))];
        await client.SendAsync(requests);

        foreach (byte[] request in requests)
        {
            Assert.Equal(request, await client.ReceiveAsync());
        }
    }

    [Fact]
    public async Task A_client_that_ends_its_side_still_gets_all_answers()
    {
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List, Messages.Sign("k1"), Messages.List);
        client.ShutDownSending();

        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
        Assert.Equal(Messages.Signature("k1"), await client.ReceiveAsync());
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_request_that_ends_early_is_answered_with_failure_and_goes_nowhere()
    {
        FakeAgent agent = stage.AddWithKeys("counted", "k1");
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Of(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Of(AgentMessageType.SSH_AGENTC_LOCK)));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.Lock("a\0b")));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal([Messages.List], agent.Received);
    }
}
