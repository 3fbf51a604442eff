using System.Text;
using System.Threading.Channels;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;
using Fairlead.Tests.Relay;

namespace Fairlead.Tests.Watching;

/// <summary>What is told of a request to who watches.</summary>
public sealed class RequestFeedTests : IDisposable
{
    private readonly RelayStage stage = new();
    private readonly Channel<RequestRecord> told = Channel.CreateUnbounded<RequestRecord>();

    public void Dispose() => stage.Dispose();

    [Fact]
    public async Task A_listing_and_a_signature_name_the_agent_the_key_and_the_server()
    {
        FakeAgent agent = stage.AddWithKeys("agent", "k1", "k2");
        await stage.ConfigureAsync(agent);
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Bind(7));
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k2"));

        RequestRecord list = await NextAsync();
        Assert.Equal(("list", RequestOutcome.Answered, 2, agent.Path), (list.Name, list.Outcome, list.Keys, list.Step?.Agent.Path));
        Assert.Equal(CurrentProcess.Pid, list.Caller.Pid);
        Assert.NotNull(list.Caller.Command);
        Assert.NotNull(list.Took);
        RequestRecord sign = await NextAsync();
        Assert.Equal(("sign", RequestOutcome.Answered, agent.Path), (sign.Name, sign.Outcome, sign.Step?.Agent.Path));
        Assert.Equal(("k2", "comment"), (Text(sign.KeyBlob), sign.KeyComment));
        Assert.Equal(("host key 7", null), (Text(sign.Host?.Key), Text(sign.AskedBy?.Key)));
    }

    [Fact]
    public async Task A_signature_that_the_person_refuses_is_told_from_a_key_that_nobody_has()
    {
        FakeAgent agent = stage.Add("agent", frame => Messages.TypeOf(frame) == AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES ? Messages.Keys("k1") : Messages.Failure);
        await stage.ConfigureAsync(agent, stage.AddWithKeys("other", "k3"));
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k1"));
        await client.AskAsync(Messages.Sign("k2"));

        Assert.Equal(RequestOutcome.Answered, (await NextAsync()).Outcome);
        RequestRecord refused = await NextAsync();
        Assert.Equal((RequestOutcome.Refused, agent.Path), (refused.Outcome, refused.Step?.Agent.Path));
        Assert.Equal(RequestOutcome.NoSuchKey, (await NextAsync()).Outcome);
    }

    [Fact]
    public async Task A_key_that_another_agent_lends_names_that_agent()
    {
        stage.Options.MergesKeys = true;
        FakeAgent lender = stage.AddWithKeys("lender", "k2");
        await stage.ConfigureAsync(stage.AddWithKeys("leader", "k1"), lender);
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);
        await client.AskAsync(Messages.Sign("k2"));

        Assert.Equal(2, (await NextAsync()).Keys);
        Assert.Equal(lender.Path, (await NextAsync()).Step?.Agent.Path);
    }

    [Theory]
    [InlineData("empty", nameof(RequestOutcome.NoKeys))]
    [InlineData("refuses", nameof(RequestOutcome.Refused))]
    [InlineData("hangs up", nameof(RequestOutcome.NoAnswer))]
    [InlineData("nobody", nameof(RequestOutcome.NoAgent))]
    public async Task Why_no_keys_came_is_told(string agent, string outcome)
    {
        await stage.ConfigureAsync(agent switch
        {
            "empty" => stage.AddWithKeys("agent").Path,
            "refuses" => stage.Add("agent", _ => Messages.Failure).Path,
            "hangs up" => stage.Add("agent", _ => FakeReply.EndOfFile).Path,
            _ => stage.Folder["nobody"],
        });
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);

        Assert.Equal(outcome, (await NextAsync()).Outcome.ToString());
    }

    [Fact]
    public async Task Who_is_denied_by_a_rule_is_told_so()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions(), 1) { Use = AgentChoice.None }];
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.List);

        Assert.Equal(RequestOutcome.Denied, (await NextAsync()).Outcome);
    }

    [Fact]
    public async Task A_server_that_asks_through_an_ssh_of_ours_is_told_as_the_one_that_asks()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Bind(1, isForwarding: true));
        await client.AskAsync(Messages.Lock("mine now"));
        await client.AskAsync(Messages.Bind(2));
        await client.AskAsync(Messages.List);

        RequestRecord change = await NextAsync();
        Assert.Equal(("lock", RequestOutcome.Denied), (change.Name, change.Outcome));
        Assert.Equal((null, "host key 1"), (Text(change.Host?.Key), Text(change.AskedBy?.Key)));
        RequestRecord list = await NextAsync();
        Assert.Equal(("host key 2", "host key 1"), (Text(list.Host?.Key), Text(list.AskedBy?.Key)));
    }

    [Fact]
    public async Task A_request_that_is_held_is_told_when_it_begins_to_wait_and_when_it_ends()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        await stage.ConfigureAsync(stage.Folder["later"]);
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.SendAsync(Messages.List);

        RequestRecord held = await NextAsync();
        Assert.Equal((RequestOutcome.Held, null), (held.Outcome, held.Took));
        await stage.HeldAsync(1); // an agent that is asked between bind and listen refuses
        stage.AddWithKeys("later", "k1");
        await stage.Thread.RunAsync(stage.Queue.LookAgain);
        RequestRecord answered = await NextAsync();
        Assert.Equal((RequestOutcome.Answered, held.Began), (answered.Outcome, answered.Began));
    }

    [Fact]
    public async Task Who_hangs_up_while_being_held_is_told()
    {
        stage.Options.HoldTimeouts = new HoldTimeouts { Time = TimeSpan.FromHours(8) };
        await stage.ConfigureAsync(stage.Folder["nobody"]);
        await WatchAsync();
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(Messages.List);
            Assert.Equal(RequestOutcome.Held, (await NextAsync()).Outcome);
        }

        Assert.Equal(RequestOutcome.Abandoned, (await NextAsync()).Outcome);
    }

    [Fact]
    public async Task Whoever_begins_to_watch_is_told_of_the_next_request_and_of_none_before()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        using RelayClient client = stage.Connect();
        await client.AskAsync(Messages.Bind(1));
        await client.AskAsync(Messages.List);
        await WatchAsync();
        await client.AskAsync(Messages.Sign("k1"));
        await stage.Thread.RunAsync(() => stage.Feed.Published = null);
        await client.AskAsync(Messages.Sign("k1"));
        await WatchAsync();
        await client.AskAsync(Messages.Query);

        RequestRecord sign = await NextAsync();
        Assert.Equal(("sign", "k1", null, "host key 1"), (sign.Name, Text(sign.KeyBlob), sign.KeyComment, Text(sign.Host?.Key)));
        Assert.Equal("query", (await NextAsync()).Name);
    }

    [Fact]
    public async Task While_nobody_watches_nothing_is_noted()
    {
        await stage.ConfigureAsync(stage.AddWithKeys("agent", "k1"));
        using Frame request = Frame.Of(AgentFrame.ListRequest);
        ConversationNotes? notes = null;

        Assert.Null(await stage.Thread.RunAsync(() => stage.Feed.Begin(request, new CallerIdentity(CurrentProcess.Pid, 0), default, ref notes)));
        Assert.Null(notes);
    }

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.ASCII.GetString(bytes);

    private Task WatchAsync() => stage.Thread.RunAsync(() =>
    {
        stage.Feed.Published = record => told.Writer.TryWrite(record);
    });

    private Task<RequestRecord> NextAsync() => told.Reader.ReadAsync().AsTask().InTime();
}
