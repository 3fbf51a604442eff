using Fairlead.Core.Options;
using Fairlead.Protocol;
using Fairlead.Tests.Relay;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Options;

/// <summary>An agent that accepts and is silent, as that of a laptop that fell asleep: it costs its patience once. The clock is the test's.</summary>
public sealed class AgentTimeoutsTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(1500);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly TaskCompletionSource awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        awake.TrySetResult();
        stage.Dispose();
    }

    [Fact]
    public async Task A_silent_leader_is_passed_over_when_its_time_is_up_and_at_once_from_then_on()
    {
        using RelayClient client = stage.Connect();
        FakeAgent asleep = await PassOverAsync(client);
        using RelayClient next = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await next.AskAsync(Messages.List));
        Assert.Equal(1, asleep.Traces);
    }

    [Fact]
    public async Task However_many_are_silent_the_time_is_up_once()
    {
        FakeAgent[] asleep = [.. Enumerable.Range(0, 12).Select(number => stage.Add(Asleep($"asleep-{number}")))];
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync([.. asleep, alive]);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        foreach (FakeAgent agent in asleep)
        {
            await agent.NextTraceAsync();
        }

        await stage.ProbedAsync(alive);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Agents_that_fell_asleep_after_they_were_met_cost_their_time_once_for_all()
    {
        bool sleep = false;
        FakeAgent[] laptops = [.. Enumerable.Range(0, 4).Select(number => stage.Add($"laptop-{number}", frame => sleep ? Later(frame) : FakeAgent.Holding("k0")(frame)))];
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync([.. laptops, alive]);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k0"), await client.AskAsync(Messages.List));
        await Task.WhenAll(laptops.Append(alive).Select(stage.ProbedAsync));

        sleep = true;
        foreach (FakeAgent laptop in laptops)
        {
            laptop.AnswerToTrace = Later(Messages.Failure);
        }

        await client.SendAsync(Messages.List);
        Assert.Equal(Messages.List, await laptops[0].NextRequestAsync());
        Assert.Equal(Messages.List, await laptops[0].NextRequestAsync());
        await stage.AdvanceAsync(Step);
        await Task.WhenAll(laptops[1..].Select(laptop => laptop.NextTraceAsync(times: 2)));
        await alive.NextTraceAsync(times: 2);
        await stage.ProbedAsync(alive);
        await stage.AdvanceAsync(Answer - Step);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_laptop_that_wakes_up_is_back_as_soon_as_it_answers()
    {
        FakeAgent laptop = stage.Add("laptop", Later);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(laptop, other);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        Assert.Equal(Messages.List, await laptop.NextRequestAsync());
        await stage.ProbedAsync(other);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());

        await laptop.NextEndAsync(); // the search for loops
        awake.SetResult();
        await laptop.NextEndAsync(); // the connection that owed the answer
        await stage.IdleAsync();
        Assert.Equal(Messages.Keys("late"), await client.AskAsync(Messages.List));
    }

    /// <summary>It may have the key, and its person may have said no.</summary>
    [Fact]
    public async Task A_refusal_is_final_when_the_agent_is_silent_about_what_it_holds()
    {
        FakeAgent first = stage.Add("first", frame => Messages.KindOf(frame) == RequestKind.Sign ? Messages.Failure : Later(frame));
        FakeAgent second = stage.AddWithKeys("second", "k1");
        await stage.ConfigureAsync(first, second);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.Sign("k1"));
        Assert.Equal(Messages.Sign("k1"), await first.NextRequestAsync());
        Assert.Equal(Messages.List, await first.NextRequestAsync());

        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Empty(second.Received);
    }

    /// <summary>It slept: that says nothing of how long its answers take.</summary>
    [Fact]
    public async Task One_that_was_silent_when_it_was_met_is_waited_for_no_longer_than_others()
    {
        using RelayClient client = stage.Connect();
        FakeAgent asleep = await PassOverAsync(client);

        await stage.AdvanceAsync(TimeSpan.FromHours(8));
        awake.TrySetResult();
        await stage.ProbedAsync(asleep);

        Assert.Equal(Answer, await stage.AnswerLimitAsync(asleep));
    }

    [Fact]
    public async Task While_one_is_late_the_next_that_has_listed_before_is_asked_beside_it()
    {
        bool sleep = false;
        FakeAgent leader = stage.Add("leader", frame => sleep ? Later(frame) : FakeAgent.Holding()(frame));
        FakeAgent listed = stage.AddWithKeys("listed", "k1");
        await stage.ConfigureAsync(leader, listed);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await client.AskAsync(Messages.List)); // past the leader, which has no keys

        await leader.NextRequestAsync();
        sleep = true;
        await client.SendAsync(Messages.List);
        await leader.NextRequestAsync();
        await stage.AdvanceAsync(Step);
        for (int lists = 0; lists < 2; lists++)
        {
            Assert.Equal(Messages.List, await listed.NextRequestAsync());
        }

        await stage.AdvanceAsync(Answer - Step);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
        Assert.Equal(2, listed.Received.Count);
    }

    [Fact]
    public async Task A_late_leader_that_answers_in_time_keeps_its_place()
    {
        bool sleep = false;
        FakeAgent leader = stage.Add("leader", frame => sleep ? Later(frame) : FakeAgent.Holding()(frame));
        FakeAgent listed = stage.AddWithKeys("listed", "k1");
        await stage.ConfigureAsync(leader, listed);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await leader.NextRequestAsync();
        await listed.NextRequestAsync();

        sleep = true;
        await client.SendAsync(Messages.List);
        await leader.NextRequestAsync();
        await stage.AdvanceAsync(Step);
        await listed.NextRequestAsync();
        awake.SetResult();
        Assert.Equal(Messages.Keys("late"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Without_asking_others_each_has_its_own_time()
    {
        stage.Options.AgentTimeouts = new AgentTimeouts { AsksOthers = false };
        bool sleep = false;
        FakeAgent leader = stage.Add("leader", frame => sleep ? Later(frame) : FakeAgent.Holding()(frame));
        FakeAgent listed = stage.AddWithKeys("listed", "k1");
        await stage.ConfigureAsync(leader, listed);
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await leader.NextRequestAsync();

        sleep = true;
        await client.SendAsync(Messages.List);
        await leader.NextRequestAsync();
        await stage.AdvanceAsync(Answer - Step);
        Assert.Single(listed.Received);
        await stage.AdvanceAsync(Step);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Over_a_slow_line_an_agent_gets_the_time_that_it_usually_takes()
    {
        FakeAgent satellite = stage.Add("satellite", Later);
        satellite.AnswerToTrace = Later(Messages.Failure);
        FakeAgent other = stage.AddWithKeys("other", "k1");
        await stage.ConfigureAsync(satellite, other);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await satellite.NextTraceAsync();
        await stage.AdvanceAsync(TimeSpan.FromMilliseconds(800));
        satellite.AnswerToTrace = Messages.Failure;
        awake.SetResult();

        Assert.Equal(Messages.Keys("late"), await client.ReceiveAsync());
        Assert.Empty(other.Received);
        Assert.True(await stage.AnswerLimitAsync(satellite) > Answer);
    }

    [Fact]
    public async Task A_host_further_away_does_not_get_the_next_agent_because_the_first_is_silent()
    {
        FakeAgent asleep = stage.Add("asleep", frame => Messages.KindOf(frame) == RequestKind.Bind ? Messages.Success : Later(frame));
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync(asleep, alive);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1, isForwarding: true)));
        await client.SendAsync(Messages.List);
        await asleep.NextRequestAsync();
        Assert.Equal(Messages.List, await asleep.NextRequestAsync());
        await stage.AdvanceAsync(Answer);

        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Empty(alive.Received);
    }

    [Fact]
    public async Task A_client_that_hangs_up_before_the_time_is_up_leaves_the_agent_to_be_found_asleep()
    {
        FakeAgent asleep = stage.Add("asleep", Later);
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync(asleep, alive);
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(Messages.List);
            await asleep.NextRequestAsync();
            await stage.ProbedAsync(alive);
        }

        await stage.ConversationsAsync(0);
        await stage.AdvanceAsync(Answer);
        using RelayClient next = stage.Connect();
        Assert.Equal(Messages.Keys("k1"), await next.AskAsync(Messages.List));
        Assert.Single(asleep.Received);
    }

    [Fact]
    public async Task A_signature_goes_to_the_next_agent_when_the_first_is_silent_at_the_bind_before_it()
    {
        await stage.ConfigureAsync(stage.Folder["silent"], stage.Folder["alive"]);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1)));
        FakeAgent silent = stage.Add("silent", Later);
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await client.SendAsync(Messages.Sign("k1"));
        Assert.Equal(Messages.Bind(1), await silent.NextRequestAsync());

        await stage.AdvanceAsync(Answer);

        Assert.Equal(Messages.Signature("k1"), await client.ReceiveAsync());
        Assert.Equal([Messages.Bind(1), Messages.List, Messages.Sign("k1")], Assert.Single(alive.Conversations));
        Assert.DoesNotContain(silent.Received, frame => Messages.KindOf(frame) == RequestKind.Sign);
    }

    /// <summary>The client is answered by the next agent when the time of a leader is up that is silent from the start.</summary>
    /// <returns>That leader.</returns>
    private async Task<FakeAgent> PassOverAsync(RelayClient client)
    {
        FakeAgent asleep = stage.Add(Asleep("asleep"));
        FakeAgent alive = stage.AddWithKeys("alive", "k1");
        await stage.ConfigureAsync(asleep, alive);
        await client.SendAsync(Messages.List);
        await asleep.NextTraceAsync();
        await stage.ProbedAsync(alive);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Keys("k1"), await client.ReceiveAsync());
        return asleep;
    }

    private FakeAgent Asleep(string name) => new(stage.Folder[name], Later) { AnswerToTrace = Later(Messages.Failure) };

    private FakeReply Later(byte[] frame) => new(Messages.KindOf(frame) == RequestKind.List ? Messages.Keys("late") : Messages.Failure) { After = awake.Task };
}
