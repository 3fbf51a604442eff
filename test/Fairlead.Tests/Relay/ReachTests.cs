using Fairlead.Core.Linux.Sockets;
using Fairlead.Output;
using Fairlead.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>
/// A laptop that does not acknowledge what is sent to it is out of reach; one that does, and does not answer, is awake. What the kernel says is the test's,
/// and so is the clock.
/// </summary>
public sealed class ReachTests : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(220);
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan Vault = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Awake = TimeSpan.FromMinutes(1);

    private static readonly TcpAcknowledgement Acknowledged = new(0, 0, TimeSpan.FromMilliseconds(204));
    private static readonly TcpAcknowledgement Late = new(1, 1, TimeSpan.FromMilliseconds(408));

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpAcknowledgement? kernel = Acknowledged;
    private bool isSilent;

    public void Dispose()
    {
        answers.TrySetResult();
        stage.Dispose();
    }

    [Fact]
    public async Task One_out_of_reach_is_passed_over_before_its_time_is_up_and_at_once_from_then_on()
    {
        (FakeAgent laptop, FakeAgent other, RelayClient client) = await MeetAsync();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(FirstLook);
        Assert.Equal(Messages.Keys("other"), await client.ReceiveAsync()); // although it had never listed
        Assert.Equal(AgentState.OutOfReach, await stage.StateAsync(laptop));

        Assert.Equal(Messages.Keys("other"), await client.AskAsync(Messages.List));
        Assert.Equal(2, laptop.Received.Count);
        Assert.Equal(2, other.Received.Count);
    }

    [Fact]
    public async Task It_is_back_by_itself_when_its_answer_comes()
    {
        (FakeAgent laptop, _, RelayClient client) = await MeetAsync();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(FirstLook);
        await client.ReceiveAsync();

        kernel = Acknowledged;
        Assert.Equal(AgentState.Stalled, await stage.StateAsync(laptop));
        await BackAsync(laptop);
        Assert.Equal(Messages.Keys("laptop"), await client.AskAsync(Messages.List));
        Assert.Equal(AgentState.Live, await stage.StateAsync(laptop));
    }

    [Fact]
    public async Task What_waited_for_its_acknowledgement_before_anybody_asked_counts_too()
    {
        (FakeAgent laptop, _, RelayClient client) = await MeetAsync();
        await stage.AdvanceAsync(TimeSpan.FromSeconds(2));
        isSilent = true;
        kernel = Late;
        Assert.Equal(Messages.Keys("other"), await client.AskAsync(Messages.List)); // the clock stands still
        Assert.Equal(AgentState.OutOfReach, await stage.StateAsync(laptop));
    }

    [Fact]
    public async Task One_that_is_out_of_reach_when_it_is_met_costs_nothing_either()
    {
        FakeAgent laptop = stage.Add("laptop", Reply);
        laptop.AnswerToTrace = new FakeReply(Messages.Failure) { After = answers.Task };
        await stage.ConfigureAsync(laptop, stage.AddWithKeys("other", "other"));
        kernel = Late;
        await stage.ReachAsync(laptop, () => kernel);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("other"), await client.AskAsync(Messages.List));
        Assert.Equal(Messages.Keys("other"), await client.AskAsync(Messages.List));
        Assert.Equal(1, laptop.Traces);
    }

    /// <summary>A satellite is no sleeper: its acknowledgement is late only after its own time-out.</summary>
    [Fact]
    public async Task Over_a_slow_line_the_acknowledgement_has_the_time_that_it_takes()
    {
        (FakeAgent laptop, FakeAgent other, RelayClient client) = await MeetAsync();
        await AskTheSilentAsync(client, laptop);
        kernel = new TcpAcknowledgement(1, 0, TimeSpan.FromMilliseconds(1400));
        await stage.AdvanceAsync(TimeSpan.FromMilliseconds(1300));
        kernel = Acknowledged;
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await client.ReceiveAsync());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Alone_one_out_of_reach_has_the_time_that_it_always_had()
    {
        FakeAgent laptop = await MeetAloneAsync();
        using RelayClient client = stage.Connect();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(FirstLook);
        kernel = Acknowledged;
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task Alone_it_leaves_the_client_to_its_other_ways_when_that_is_over()
    {
        FakeAgent laptop = await MeetAloneAsync();
        using RelayClient client = stage.Connect();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(2, laptop.Received.Count);
    }

    [Fact]
    public async Task A_host_further_away_gets_no_other_agent_because_the_first_is_out_of_reach()
    {
        (FakeAgent laptop, FakeAgent other, RelayClient client) = await MeetAsync();
        Assert.Equal(Messages.Success, await client.AskAsync(Messages.Bind(1, isForwarding: true)));
        await laptop.NextRequestAsync();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task One_that_is_awake_is_waited_for_when_nobody_else_can_answer()
    {
        FakeAgent laptop = await MeetAloneAsync();
        using RelayClient client = stage.Connect();
        await AskTheSilentAsync(client, laptop);
        await stage.AdvanceAsync(Vault);
        Assert.Equal(AgentState.Awake, await stage.StateAsync(laptop));
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await client.ReceiveAsync());
        Assert.Equal(AgentState.Live, await stage.StateAsync(laptop));
        Assert.Equal(Answer, await stage.AnswerLimitAsync(laptop)); // how long its person took is not usual
    }

    [Fact]
    public async Task One_that_is_awake_when_it_is_met_is_waited_for_too()
    {
        FakeAgent laptop = stage.Add("laptop", Reply);
        laptop.AnswerToTrace = new FakeReply(Messages.Failure) { After = answers.Task };
        await stage.ConfigureAsync(laptop);
        await stage.ReachAsync(laptop, () => kernel);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);
        await laptop.NextTraceAsync();
        await stage.AdvanceAsync(Vault);
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task One_that_is_awake_and_answers_nobody_costs_its_minute_once()
    {
        FakeAgent laptop = await MeetAloneAsync();
        using RelayClient client = stage.Connect();
        await AskTheSilentAsync(client, laptop);
        await stage.AdvanceAsync(Vault);
        await stage.AdvanceAsync(Awake - Vault);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Equal(AgentState.Stalled, await stage.StateAsync(laptop));
        Assert.Equal(Messages.Failure, await client.AskAsync(Messages.List));
        Assert.Equal(2, laptop.Received.Count);
    }

    [Fact]
    public async Task With_another_agent_there_it_keeps_its_turn_for_its_time_and_no_longer()
    {
        (FakeAgent laptop, FakeAgent other, RelayClient client) = await MeetAsync();
        await AskTheSilentAsync(client, laptop);
        await stage.AdvanceAsync(Answer - FirstLook);
        Assert.Empty(other.Received);
        await stage.AdvanceAsync(FirstLook);
        Assert.Equal(Messages.Keys("other"), await client.ReceiveAsync());
        Assert.Equal(Messages.Keys("other"), await client.AskAsync(Messages.List));
        Assert.Equal(2, laptop.Received.Count);
    }

    [Fact]
    public async Task It_is_waited_for_when_the_others_have_no_answer()
    {
        (FakeAgent laptop, FakeAgent refuses, RelayClient client) = await MeetAsync(frame => Messages.Failure);
        await AskTheSilentAsync(client, laptop);
        await stage.AdvanceAsync(Answer);
        Assert.Equal(Messages.List, await refuses.NextRequestAsync());
        await stage.AdvanceAsync(Vault);
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_list_that_is_there_does_not_wait_for_the_keys_of_one_out_of_reach()
    {
        FakeAgent laptop = stage.Add("laptop", Reply);
        await stage.ConfigureAsync(stage.AddWithKeys("leader", "leader"), laptop);
        await stage.ReachAsync(laptop, () => kernel);
        stage.Options.MergesKeys = true;
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("leader", "laptop"), await client.AskAsync(Messages.List));
        await laptop.NextRequestAsync();
        await AskTheSilentAsync(client, laptop);
        kernel = Late;
        await stage.AdvanceAsync(FirstLook);
        Assert.Equal(Messages.Keys("leader"), await client.ReceiveAsync());
        Assert.Equal(Messages.Keys("leader"), await client.AskAsync(Messages.List));
        Assert.Equal(2, laptop.Received.Count);
    }

    [Fact]
    public async Task Who_hangs_up_leaves_it_to_be_asked_again()
    {
        FakeAgent laptop = await MeetAloneAsync();
        using (RelayClient client = stage.Connect())
        {
            await AskTheSilentAsync(client, laptop);
        }

        await stage.ConversationsAsync(0);
        await stage.AdvanceAsync(Answer);
        using RelayClient next = stage.Connect();
        await AskTheSilentAsync(next, laptop);
        answers.SetResult();
        Assert.Equal(Messages.Keys("laptop"), await next.ReceiveAsync());
    }

    [Fact]
    public async Task Where_the_kernel_does_not_say_its_time_is_what_it_was()
    {
        (FakeAgent laptop, FakeAgent other, RelayClient client) = await MeetAsync();
        kernel = null;
        await AskTheSilentAsync(client, laptop);
        await stage.AdvanceAsync(Answer - FirstLook);
        Assert.Empty(other.Received);
        await stage.AdvanceAsync(FirstLook);
        Assert.Equal(Messages.Keys("other"), await client.ReceiveAsync());
        Assert.Equal(AgentState.Stalled, await stage.StateAsync(laptop));
    }

    /// <summary>A laptop that has listed once, and another agent behind it that has not.</summary>
    private async Task<(FakeAgent Laptop, FakeAgent Other, RelayClient Client)> MeetAsync(Func<byte[], FakeReply>? reply = null)
    {
        FakeAgent laptop = stage.Add("laptop", Reply);
        FakeAgent other = stage.Add("other", reply ?? FakeAgent.Holding("other"));
        await stage.ConfigureAsync(laptop, other);
        return (laptop, other, await ListAsync(laptop));
    }

    private async Task<FakeAgent> MeetAloneAsync()
    {
        FakeAgent laptop = stage.Add("laptop", Reply);
        await stage.ConfigureAsync(laptop);
        (await ListAsync(laptop)).Dispose();
        return laptop;
    }

    private async Task<RelayClient> ListAsync(FakeAgent laptop)
    {
        await stage.ReachAsync(laptop, () => kernel);
        RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys("laptop"), await client.AskAsync(Messages.List));
        await laptop.NextRequestAsync();
        return client;
    }

    private async Task AskTheSilentAsync(RelayClient client, FakeAgent laptop)
    {
        isSilent = true;
        await client.SendAsync(Messages.List);
        Assert.Equal(Messages.List, await laptop.NextRequestAsync());
    }

    private async Task BackAsync(FakeAgent laptop)
    {
        isSilent = false;
        await laptop.NextEndAsync(); // the search for loops
        answers.SetResult();
        await laptop.NextEndAsync(); // the connection that owed the answer
        await stage.IdleAsync();
    }

    private FakeReply Reply(byte[] frame) => FakeAgent.Holding("laptop")(frame) with { After = isSilent ? answers.Task : null };
}
