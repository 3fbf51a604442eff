using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>A client costs its own conversation only, and nothing once it is gone.</summary>
public sealed class HangUpTests : IDisposable
{
    private readonly RelayStage stage = new();

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES)]
    [InlineData(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)]
    [InlineData(AgentMessageType.SSH_AGENTC_ADD_IDENTITY)]
    [InlineData(AgentMessageType.SSH_AGENTC_EXTENSION)]
    public async Task A_client_that_hangs_up_ends_its_upstream(AgentMessageType type)
    {
        byte[] request = Request(type);
        FakeAgent silent = stage.Add("silent", _ => FakeReply.Nothing);
        FakeAgent next = stage.AddWithKeys("next", "k1");
        await stage.ConfigureAsync(silent, next);
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(request);
            Assert.Equal(request, await silent.NextRequestAsync());
        }

        await stage.ConversationsAsync(0);
        Assert.Empty(next.Received);
    }

    [Theory]
    [InlineData(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES)]
    [InlineData(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)]
    [InlineData(AgentMessageType.SSH_AGENTC_ADD_IDENTITY)]
    [InlineData(AgentMessageType.SSH_AGENTC_EXTENSION)]
    public async Task A_client_that_hangs_up_while_its_agent_is_looked_for_asks_it_nothing(AgentMessageType type)
    {
        // The search for loops holds the first request back until the agent answers.
        FakeAgent slow = stage.Add("slow", _ => FakeReply.Nothing);
        slow.AnswerToTrace = FakeReply.Nothing;
        await stage.ConfigureAsync(slow);
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(Request(type));
            await stage.ConversationsAsync(1);
        }

        await stage.ConversationsAsync(0);
        Assert.Empty(slow.Received);
    }

    /// <summary>The agent waits for the rest, and not we for the agent.</summary>
    [Fact]
    public async Task An_agent_that_got_half_of_a_request_owes_no_answer()
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        await stage.ConfigureAsync(agent);
        using (RelayClient first = stage.Connect())
        {
            Assert.Equal(Messages.Keys("k1"), await first.AskAsync(Messages.List));
        }

        agent.IsDeaf = true;
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(Messages.Sign("k1", AgentLimits.MaxMessageLength - 100));
            await stage.BusyAsync(agent);
        }

        await stage.ConversationsAsync(0);
        agent.IsDeaf = false;
        using RelayClient next = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await next.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_client_that_hangs_up_on_a_key_that_was_lent_ends_in_order()
    {
        stage.Options.MergesKeys = true;
        FakeAgent lender = stage.Add("lender", frame => Messages.KindOf(frame) == RequestKind.Sign ? FakeReply.Nothing : FakeAgent.Holding("k2")(frame));
        await stage.ConfigureAsync(stage.AddWithKeys("leader", "k1"), lender, stage.AddWithKeys("last", "k3"));
        using (RelayClient client = stage.Connect())
        {
            Assert.Equal(Messages.Keys("k1", "k2", "k3"), await client.AskAsync(Messages.List));
            await client.SendAsync(Messages.Sign("k2"));
            await stage.BusyAsync(lender);
        }

        await stage.ConversationsAsync(0);
    }

    [Fact]
    public async Task A_silent_client_disturbs_nobody()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        using RelayClient silent = stage.Connect();
        using RelayClient halfway = stage.Connect();
        await halfway.SendAsync(Messages.List[..3]);
        await stage.ConversationsAsync(2);
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_client_that_reads_nothing_disturbs_nobody()
    {
        await stage.ConfigureAsync(stage.Add("agent", _ => Messages.Keys([.. Enumerable.Range(0, 5000).Select(number => $"key {number}")])));
        using RelayClient deaf = stage.Connect();
        await deaf.SendAsync([.. Enumerable.Repeat(Messages.List, 20)]);
        using RelayClient client = stage.Connect();

        Assert.NotNull(await client.AskAsync(Messages.List));
        Assert.NotNull(await client.AskAsync(Messages.List));
        deaf.Dispose();
        client.Dispose();
        await stage.ConversationsAsync(0);
    }

    private static byte[] Request(AgentMessageType type) => type switch
    {
        AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES => Messages.List,
        AgentMessageType.SSH_AGENTC_SIGN_REQUEST => Messages.Sign("k1"),
        AgentMessageType.SSH_AGENTC_ADD_IDENTITY => Messages.Add("secret"),
        _ => Messages.Bind(1),
    };
}
