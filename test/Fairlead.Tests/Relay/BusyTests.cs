using Fairlead.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>
/// An agent that owes a signature may have a person before it. Each new connection would make the laptop's ssh stand still, so nothing new is
/// sent until it has answered. The clock is the test's.
/// </summary>
public sealed class BusyTests : IDisposable
{
    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly TaskCompletionSource touched = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        touched.TrySetResult();
        stage.Dispose();
    }

    [Fact]
    public async Task Nothing_new_is_sent_to_an_agent_that_owes_a_signature()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        using RelayClient signing = await SigningAsync(agent);
        using RelayClient listing = stage.Connect();
        await listing.SendAsync(Messages.List);
        using RelayClient binding = stage.Connect();
        await binding.SendAsync(Messages.Bind(1), Messages.List);
        await stage.QueuedAsync(agent, 2);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.Equal([Messages.Sign("k1")], agent.Received);
        Assert.Equal(1, agent.Traces);

        touched.SetResult();
        Assert.Equal(Messages.Signature("k1"), await signing.ReceiveAsync());
        Assert.Equal(Messages.Keys("k1"), await listing.ReceiveAsync());
        Assert.Equal(Messages.Success, await binding.ReceiveAsync());
        Assert.Equal(Messages.Keys("k1"), await binding.ReceiveAsync());
    }

    [Fact]
    public async Task Who_waited_long_enough_is_answered_by_the_next_agent()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        FakeAgent other = stage.AddWithKeys("other", "k2");
        await stage.ConfigureAsync(agent, other);
        using RelayClient signing = await SigningAsync(agent);
        using RelayClient listing = stage.Connect();
        await listing.SendAsync(Messages.List);
        await stage.QueuedAsync(agent);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(Messages.Keys("k2"), await listing.ReceiveAsync());
        Assert.Equal([Messages.Sign("k1")], agent.Received);
    }

    [Fact]
    public async Task A_signature_that_was_put_before_a_person_is_not_put_before_another_one()
    {
        FakeAgent ends = stage.Add("ends", frame => Messages.KindOf(frame) == RequestKind.Sign ? FakeReply.EndOfFile : FakeAgent.Holding("k1")(frame));
        FakeAgent agent = stage.Add("agent", Touched);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(ends, agent, other);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List));
        await client.SendAsync(Messages.Sign("k1"));
        Assert.Equal(Messages.List, await agent.NextRequestAsync());
        Assert.Equal(Messages.Sign("k1"), await agent.NextRequestAsync());
        await stage.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_host_further_away_does_not_get_another_signer_because_it_waited_long_enough()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(agent, other);
        using RelayClient thief = stage.Connect();
        Assert.Equal(Messages.Success, await thief.AskAsync(Messages.Bind(1, isForwarding: true)));
        Assert.Equal(Messages.Keys("k1"), await thief.AskAsync(Messages.List));
        using RelayClient signing = stage.Connect();
        await signing.SendAsync(Messages.Sign("k1"));
        byte[][] heard = [await agent.NextRequestAsync(), await agent.NextRequestAsync(), await agent.NextRequestAsync()];
        Assert.Equal(Messages.Sign("k1"), heard[^1]);
        await thief.SendAsync(Messages.Sign("k1"));
        await stage.QueuedAsync(agent);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Messages.Failure, await thief.ReceiveAsync());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task A_bind_that_found_no_turn_is_sent_before_anything_else()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        using RelayClient bound = stage.Connect();
        Assert.Equal(Messages.Success, await bound.AskAsync(Messages.Bind(1)));
        using RelayClient signing = stage.Connect();
        await signing.SendAsync(Messages.Sign("k1"));
        Assert.Equal(Messages.Bind(1), await agent.NextRequestAsync());
        Assert.Equal(Messages.Sign("k1"), await agent.NextRequestAsync());
        await bound.SendAsync(Messages.Bind(2, isForwarding: true));
        await stage.QueuedAsync(agent);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(30));

        touched.SetResult();
        Assert.Equal(Messages.Success, await bound.ReceiveAsync());
        Assert.Equal(Messages.Signature("k1"), await bound.AskAsync(Messages.Sign("k1")));
        Assert.Equal(
            [Messages.Bind(1), Messages.Bind(2, isForwarding: true), Messages.Sign("k1")],
            agent.Conversations.Last(conversation => conversation.First().AsSpan().SequenceEqual(Messages.Bind(1))));
    }

    [Fact]
    public async Task A_signature_that_nobody_gives_ends_in_failure_and_is_asked_of_nobody_else()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(agent, other);
        using RelayClient signing = await SigningAsync(agent);
        await stage.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(Messages.Failure, await signing.ReceiveAsync());
        Assert.Empty(other.Received);

        using RelayClient listing = stage.Connect(); // it owes an answer, so it is passed over at once
        Assert.Equal(Messages.Keys("k1"), await listing.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_question_whose_client_has_hung_up_is_taken_back()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        FakeAgent other = stage.AddWithKeys("other", "k2");
        await stage.ConfigureAsync(agent, other);
        (await SigningAsync(agent)).Dispose();
        await stage.ConversationsAsync(0);
        using RelayClient listing = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await listing.AskAsync(Messages.List));

        touched.SetResult();
        await agent.NextEndAsync(); // the search for loops
        await agent.NextEndAsync(); // the question's connection, closed from here
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Who_queued_behind_a_client_that_hangs_up_goes_on_at_once()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        RelayClient signing = await SigningAsync(agent);
        using RelayClient listing = stage.Connect();
        await listing.SendAsync(Messages.List);
        await stage.QueuedAsync(agent);
        signing.Dispose();
        Assert.Equal(Messages.Keys("k1"), await listing.ReceiveAsync());
    }

    [Fact]
    public async Task Other_agents_and_their_clients_do_not_notice()
    {
        FakeAgent other = stage.AddWithKeys("other", "k2");
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        using RelayClient signing = await SigningAsync(agent);
        await stage.ConfigureAsync(other);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k2"), await client.AskAsync(Messages.List));
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_the_queue()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        using RelayClient signing = await SigningAsync(agent);
        using (RelayClient waiting = stage.Connect())
        {
            await waiting.SendAsync(Messages.List);
            await stage.QueuedAsync(agent);
        }

        await stage.ConversationsAsync(1);
        touched.SetResult();
        Assert.Equal(Messages.Signature("k1"), await signing.ReceiveAsync());
        Assert.Equal([Messages.Sign("k1")], agent.Received);
    }

    [Fact]
    public async Task Signatures_wait_for_each_other_and_are_all_given()
    {
        FakeAgent agent = stage.Add("agent", Touched);
        await stage.ConfigureAsync(agent);
        RelayClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => stage.Connect())];
        await Task.WhenAll(clients.Select(client => client.SendAsync(Messages.Sign("k1"))));
        Assert.Equal(Messages.Sign("k1"), await agent.NextRequestAsync());
        await stage.QueuedAsync(agent, 19);
        Assert.Single(agent.Received);

        touched.SetResult();
        Assert.All(await Task.WhenAll(clients.Select(client => client.ReceiveAsync())), answer => Assert.Equal(Messages.Signature("k1"), answer));
        Assert.Equal(20, agent.Received.Count);
        Array.ForEach(clients, client => client.Dispose());
    }

    private async Task<RelayClient> SigningAsync(FakeAgent agent)
    {
        RelayClient client = stage.Connect();
        await client.SendAsync(Messages.Sign("k1"));
        Assert.Equal(Messages.Sign("k1"), await agent.NextRequestAsync());
        return client;
    }

    private FakeReply Touched(byte[] frame) => FakeAgent.Holding("k1")(frame) with
    {
        After = Messages.KindOf(frame) == RequestKind.Sign ? touched.Task : null,
    };
}
