using Fairlead.Core.Linux.Sockets;
using Fairlead.Output;
using Fairlead.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>An agent that loses one answer is stalled, and not for ever: when its answer cannot be on its way any more, a request finds out. The clock is the test's.</summary>
public sealed class LostAnswerTests : IDisposable
{
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Awake = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Person = TimeSpan.FromMinutes(2);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private RequestKind? loses;

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task Alone_it_answers_the_first_request_that_comes_when_it_may_be_asked_again()
    {
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        await stage.AdvanceAsync(Awake - TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(1, agent.Traces);

        await stage.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(2, agent.Traces);
        Assert.Equal(AgentState.Live, await stage.StateAsync(agent));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Equal(2, agent.Traces);
    }

    [Fact]
    public async Task The_connection_that_the_answer_was_lost_on_is_closed()
    {
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List);
        await client.ReceiveAsync();
        await stage.AdvanceAsync(Awake);
        await client.AskAsync(Messages.List);
        for (int ended = 0; ended < 3; ended++) // two searches for loops, and the one that owed
        {
            await agent.NextEndAsync();
        }
    }

    [Fact]
    public async Task Beside_another_agent_nobody_waits_for_it_and_the_next_request_is_its_own()
    {
        FakeAgent other = stage.AddWithKeys("other", "k2");
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List, other);
        Assert.Equal(Messages.Keys("k2"), await client.ReceiveAsync());
        await stage.AdvanceAsync(Awake);
        Assert.Equal(Messages.Keys("k2"), await client.AskAsync(Messages.List));
        await agent.NextTraceAsync(2);
        await stage.ProbedAsync(agent);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task One_that_stays_silent_costs_its_patience_once_and_is_asked_again_after_twice_the_time()
    {
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List);
        await client.ReceiveAsync();
        agent.AnswerToTrace = FakeReply.Nothing;
        await stage.AdvanceAsync(Awake);
        await client.SendAsync(Messages.List);
        await agent.NextTraceAsync(2);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());

        await stage.AdvanceAsync((Awake * 2) - TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(2, agent.Traces);
        agent.AnswerToTrace = Messages.Failure;
        await stage.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task One_out_of_reach_is_not_asked_again()
    {
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List);
        await client.ReceiveAsync();
        await stage.ReachAsync(agent, () => new TcpAcknowledgement(1, 1, TimeSpan.FromMilliseconds(408)));
        await stage.AdvanceAsync(Awake * 10);
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(1, agent.Traces);
    }

    [Fact]
    public async Task One_whose_person_has_not_answered_gets_the_time_of_a_person_once_more()
    {
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.Sign);
        await stage.AdvanceAsync(Person - Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        await stage.AdvanceAsync(Person - TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(1, agent.Traces);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task One_that_never_answered_at_all_is_met_again()
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1");
        agent.AnswerToTrace = FakeReply.Nothing;
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await agent.NextTraceAsync();
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());

        agent.AnswerToTrace = Messages.Failure;
        await stage.AdvanceAsync(Awake);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_host_further_away_gets_its_leader_again_too()
    {
        FakeAgent other = stage.AddWithKeys("other", "k2");
        (FakeAgent agent, RelayClient client) = await LoseAsync(RequestKind.List, other, isForwarded: true);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        await stage.AdvanceAsync(Awake);
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        Assert.Empty(other.Received);
    }

    /// <summary>Of two answers that it owes one comes: it is there.</summary>
    [Fact]
    public async Task One_that_answers_anything_that_it_owes_is_back()
    {
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int lists = 0;
        FakeAgent agent = stage.Add("agent", frame => Messages.KindOf(frame) != RequestKind.List ? Messages.Success
            : Interlocked.Increment(ref lists) switch
            {
                1 => FakeReply.Nothing,
                2 => new FakeReply(Messages.Keys("k1")) { After = late.Task },
                _ => Messages.Keys("k1"),
            });
        await stage.ConfigureAsync(agent);
        using RelayClient first = stage.Connect();
        using RelayClient second = stage.Connect();
        await first.SendAsync(Messages.List);
        await agent.NextRequestAsync();
        await second.SendAsync(Messages.List);
        await agent.NextRequestAsync();
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await first.ReceiveAsync());
        Assert.Equal(Messages.Failure, await second.ReceiveAsync());

        late.SetResult();
        for (int ended = 0; ended < 3; ended++)
        {
            await agent.NextEndAsync();
        }

        await stage.IdleAsync();
        Assert.Equal(Messages.Keys("k1"), await first.AskAsync(Messages.List));
    }

    /// <summary>Lets an agent lose its next answer to such a request, and the time for it pass.</summary>
    private async Task<(FakeAgent Agent, RelayClient Client)> LoseAsync(RequestKind kind, FakeAgent? other = null, bool isForwarded = false)
    {
        FakeAgent agent = stage.Add("agent", Reply);
        stage.Options.AgentTimeouts = stage.Options.AgentTimeouts with { AsksOthers = false }; // a look at the other would race with the clock
        await stage.ConfigureAsync(other is null ? [agent] : [agent, other]);
        RelayClient client = stage.Connect();
        if (isForwarded)
        {
            Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1, isForwarding: true)));
            await agent.NextRequestAsync();
        }

        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        await agent.NextRequestAsync();
        loses = kind;
        await client.SendAsync(kind == RequestKind.Sign ? Messages.Sign("k1") : Messages.List);
        await agent.NextRequestAsync();
        await stage.AdvanceAsync(Answer);
        return (agent, client);
    }

    private FakeReply Reply(byte[] frame)
    {
        if (Messages.KindOf(frame) == loses)
        {
            loses = null;
            return FakeReply.Nothing;
        }

        return FakeAgent.Holding("k1")(frame);
    }
}
