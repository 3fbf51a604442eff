using System.Text;
using System.Threading.Channels;
using Fairlead.Core.Asking;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;
using Fairlead.Core.Watching;
using Fairlead.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>A rule has the person asked about the signatures of a conversation. The clock is the test's.</summary>
public sealed class AskingTests : IDisposable
{
    /// <summary>Key blobs of a type that is not known: its length and its name.</summary>
    private const string K1 = "\0\0\0\u0004k@k1";
    private const string K2 = "\0\0\0\u0004k@k2";

    private static readonly RuleConditions Here = new() { Forwarded = false };
    private static readonly PolicyRule EachTime = new(Here, 1) { Ask = AskChoice.EachTime };
    private static readonly Answerer Al = new("pts/3", null);

    private readonly RelayStage stage = new(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
    private readonly Channel<Question> shown = Channel.CreateUnbounded<Question>();
    private readonly Channel<RequestRecord> told = Channel.CreateUnbounded<RequestRecord>();
    private readonly FakeAgent agent;

    public AskingTests()
    {
        agent = stage.AddWithKeys("agent", K1, K2);
        stage.Desk.Asked = question => shown.Writer.TryWrite(question);
        stage.Planner.Options.Rules = [EachTime];
    }

    private int Signatures => agent.Received.Count(frame => Messages.KindOf(frame) == RequestKind.Sign);

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData("no rule")]
    [InlineData("a rule for others")]
    [InlineData("an exception")]
    [InlineData("a rule for another key")]
    public async Task Nobody_is_asked_with(string rules)
    {
        await stage.ConfigureAsync(agent);
        stage.Planner.Options.Rules = rules switch
        {
            "no rule" => [],
            "a rule for others" => [EachTime with { When = new RuleConditions { Forwarded = true } }],
            "an exception" => [EachTime with { Ask = AskChoice.Never }, EachTime],
            _ => [EachTime with { When = new RuleConditions { Key = "SHA256:other" } }],
        };
        using RelayClient client = stage.Connect();

        Assert.Equal(Messages.Signature($"{K1},{K2}"), await client.AskAsync(Commit(K1)));
        Assert.False(shown.Reader.TryRead(out _));
    }

    [Fact]
    public async Task The_agent_is_asked_after_the_yes_and_each_signature_is_a_question()
    {
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Keys(K1, K2), await client.AskAsync(Messages.List));
        await client.SendAsync(Commit(K1));
        Question question = await NextAsync();
        await stage.IdleAsync();
        Assert.Equal(0, Signatures);
        Assert.Equal((CurrentProcess.Pid, "comment", "git"), (question.Subject.Asker.Caller.Pid, question.Subject.KeyComment, question.Subject.Signature.Namespace));
        Assert.Equal((K1, EachTime), (Encoding.ASCII.GetString(question.Subject.Key), question.Subject.Rule));

        await AnswerAsync(question, isYes: true);
        Assert.Equal(Messages.Signature($"{K1},{K2}"), await client.ReceiveAsync());

        await client.SendAsync(Commit(K1));
        await AnswerAsync(await NextAsync(), isYes: true);
        Assert.Equal(Messages.Signature($"{K1},{K2}"), await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_yes_is_remembered_for_the_program_that_the_rule_names()
    {
        await stage.ConfigureAsync(agent);
        string ourselves = Path.GetFileName(Environment.ProcessPath!);
        stage.Planner.Options.Rules = [new PolicyRule(new RuleConditions { Under = ourselves }, 1) { Ask = new AskChoice(IsAsked: true, TimeSpan.FromMinutes(30)) }];
        using (RelayClient first = stage.Connect())
        {
            await first.SendAsync(Commit(K1));
            await AnswerAsync(await NextAsync(), isYes: true);
            Assert.Equal(Messages.Signature($"{K1},{K2}"), await first.ReceiveAsync());
        }

        using RelayClient second = stage.Connect();
        Assert.Equal(Messages.Signature($"{K1},{K2}"), await second.AskAsync(Commit(K1)));
        await second.SendAsync(Commit(K2));
        await AnswerAsync(await NextAsync(), isYes: false);
        Assert.Equal(Messages.Failure, await second.ReceiveAsync());
    }

    [Fact]
    public async Task A_no_holds_for_the_conversation_and_for_no_other()
    {
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Login("one", K1));
        await AnswerAsync(await NextAsync(), isYes: false);
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());

        Assert.Equal(Messages.Failure, await client.AskAsync(Login("one", K2)));
        Assert.Equal(Messages.Failure, await client.AskAsync(Login("two", K1)));
        Assert.Equal(Messages.Failure, await client.AskAsync(Commit(K1)));
        Assert.False(shown.Reader.TryRead(out _));

        using RelayClient other = stage.Connect();
        await other.SendAsync(Login("one", K1));
        await AnswerAsync(await NextAsync(), isYes: true);
        Assert.Equal(Messages.Signature($"{K1},{K2}"), await other.ReceiveAsync());
    }

    [Fact]
    public async Task No_answer_holds_for_that_login_and_for_no_other_signature()
    {
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Login("one", K1));
        await NextAsync();
        await stage.AdvanceAsync(TimeSpan.FromSeconds(90));
        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        Assert.Equal(Messages.Failure, await client.AskAsync(Login("one", K2)));
        Assert.False(shown.Reader.TryRead(out _));

        foreach (byte[] request in new[] { Commit(K1), Login("two", K1) })
        {
            await client.SendAsync(request);
            await AnswerAsync(await NextAsync(), isYes: true);
            Assert.Equal(Messages.Signature($"{K1},{K2}"), await client.ReceiveAsync());
        }
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(600, 100)]
    public async Task All_questions_of_one_login_share_one_time(int seconds, int most)
    {
        stage.Options.AskTime = TimeSpan.FromSeconds(seconds);
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Login("one", K1));
        Question first = await NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(most), first.Until - first.Since);
        await stage.AdvanceAsync(TimeSpan.FromSeconds(60));
        await AnswerAsync(first, isYes: true);
        await client.ReceiveAsync();

        await client.SendAsync(Login("one", K2));
        Question second = await NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(most - 60), second.Until - second.Since);
        await AnswerAsync(second, isYes: true);
        await client.ReceiveAsync();

        await client.SendAsync(Login("two", K1));
        Question another = await NextAsync();
        Assert.Equal(TimeSpan.FromSeconds(most), another.Until - another.Since);
    }

    [Fact]
    public async Task A_signature_that_is_no_login_has_all_the_time_that_the_configuration_gives()
    {
        stage.Options.AskTime = TimeSpan.FromMinutes(10);
        await stage.ConfigureAsync(agent);
        using RelayClient client = stage.Connect();
        await client.SendAsync(Commit(K1));
        Question question = await NextAsync();

        Assert.Equal(TimeSpan.FromMinutes(10), question.Until - question.Since);
    }

    [Theory]
    [InlineData("no", nameof(RequestOutcome.RefusedByPerson), true)]
    [InlineData("late", nameof(RequestOutcome.NotAnswered), true)]
    [InlineData("nobody", nameof(RequestOutcome.NobodyToAsk), false)]
    [InlineData("many", nameof(RequestOutcome.TooManyQuestions), false)]
    [InlineData("restart", nameof(RequestOutcome.Interrupted), true)]
    public async Task Why_no_signature_came_is_told(string what, string outcome, bool isAsked)
    {
        await stage.ConfigureAsync(agent);
        RelayClient[] others = [.. Enumerable.Range(0, what == "many" ? AskingDesk.MostWaiting : 0).Select(_ => stage.Connect())];
        foreach (RelayClient other in others)
        {
            await other.SendAsync(Commit(K1));
            await NextAsync();
        }

        await WatchAsync();
        stage.Desk.Asked = what == "nobody" ? null : stage.Desk.Asked;
        using RelayClient client = stage.Connect();
        await client.SendAsync(Commit(K1));
        if (isAsked)
        {
            Question question = await NextAsync();
            RequestRecord waiting = await ToldAsync();
            Assert.Equal((RequestOutcome.Asked, EachTime, null), (waiting.Outcome, waiting.Rule, waiting.Ruling));
            await (what switch
            {
                "no" => AnswerAsync(question, isYes: false),
                "late" => stage.AdvanceAsync(stage.Options.AskTime),
                _ => stage.Thread.RunAsync(stage.Desk.Close),
            });
        }

        Assert.Equal(Messages.Failure, await client.ReceiveAsync());
        RequestRecord ended = await ToldAsync();
        Assert.Equal((outcome, EachTime), (ended.Outcome.ToString(), ended.Rule));
        Assert.Equal(what == "no" ? "pts/3" : null, ended.Ruling!.Place);
        Assert.Equal(0, Signatures);
        Array.ForEach(others, other => other.Dispose());
    }

    [Fact]
    public async Task A_yes_is_told_with_the_place_where_it_was_given()
    {
        await stage.ConfigureAsync(agent);
        await WatchAsync();
        using RelayClient client = stage.Connect();
        await client.SendAsync(Commit(K1));
        await AnswerAsync(await NextAsync(), isYes: true);
        await client.ReceiveAsync();

        Assert.Equal(RequestOutcome.Asked, (await ToldAsync()).Outcome);
        RequestRecord signed = await ToldAsync();
        Assert.Equal((RequestOutcome.Answered, new Ruling(Verdict.Yes, "pts/3")), (signed.Outcome, signed.Ruling));
    }

    [Fact]
    public async Task When_the_client_hangs_up_nobody_is_asked_any_more()
    {
        await stage.ConfigureAsync(agent);
        Question question;
        using (RelayClient client = stage.Connect())
        {
            await client.SendAsync(Commit(K1));
            question = await NextAsync();
        }

        await stage.ConversationsAsync(0);
        Assert.Equal(new Ruling(Verdict.Withdrawn), question.Ruling);
        Assert.Equal((0, 0), (Signatures, await stage.Thread.RunAsync(() => stage.Desk.Waiting.Count)));
    }

    [Fact]
    public async Task What_is_denied_anyway_is_no_question()
    {
        await stage.ConfigureAsync(agent);
        stage.Planner.Options.Rules = [EachTime, new PolicyRule(Here, 2) { Keys = new KeyChoice([]) }];
        using RelayClient client = stage.Connect();
        Assert.Equal(Messages.Failure, await client.AskAsync(Commit(K1)));

        stage.Planner.Options.Rules = [EachTime, new PolicyRule(Here, 2) { Use = AgentChoice.None }];
        Assert.Equal(Messages.Failure, await client.AskAsync(Commit(K1)));
        Assert.False(shown.Reader.TryRead(out _));
    }

    private static byte[] Commit(string key) => Sign(
        key,
        [.. "SSHSIG"u8, .. Bare(new WireWriter().WriteString("git"u8).WriteString(""u8).WriteString("sha512"u8).WriteString("hash"u8))]);

    private static byte[] Login(string session, string key) => Sign(
        key,
        Bare(new WireWriter().WriteString(Bytes(session)).WriteByte(50).WriteString("al"u8).WriteString("ssh-connection"u8).WriteString("publickey"u8)
            .WriteBoolean(true).WriteString("k@k1"u8).WriteString(Bytes(key))));

    private static byte[] Sign(string key, byte[] data) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENTC_SIGN_REQUEST)
        .WriteString(Bytes(key))
        .WriteString(data)
        .WriteUInt32(0)
        .ToFrame();

    private static byte[] Bare(WireWriter writer) => writer.ToFrame()[AgentFrame.HeaderLength..];

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private Task WatchAsync() => stage.Thread.RunAsync(() =>
    {
        stage.Feed.Published = record => told.Writer.TryWrite(record);
    });

    private Task<Question> NextAsync() => shown.Reader.ReadAsync().AsTask().InTime();

    private Task<RequestRecord> ToldAsync() => told.Reader.ReadAsync().AsTask().InTime();

    private Task AnswerAsync(Question question, bool isYes) => stage.Thread.RunAsync(() => stage.Desk.Answer(question, isYes, Al));
}
