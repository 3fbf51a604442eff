using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Asking;

/// <summary>The questions that wait, and the answers that hold. The clock is the test's.</summary>
public sealed class AskingDeskTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly Answerer Al = new("pts/3", null);

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly LoopThread thread;
    private readonly AskingDesk desk;
    private readonly List<Question> shown = [];
    private int waited;

    public AskingDeskTests()
    {
        thread = new LoopThread(clock);
        desk = new AskingDesk(thread.Loop) { Asked = shown.Add };
    }

    public void Dispose()
    {
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Theory]
    [InlineData(true, nameof(Verdict.Yes))]
    [InlineData(false, nameof(Verdict.No))]
    public async Task The_person_s_answer_ends_a_question(bool isYes, string verdict)
    {
        Task<Ruling> asking = AskAsync(Subjects.Each);
        Assert.Equal(1, await WaitingAsync());
        Assert.Equal(1, waited);

        await AnswerAsync(isYes);

        Ruling ruling = await asking;
        Assert.Equal((verdict, "pts/3", false), (ruling.Verdict.ToString(), ruling.Place, ruling.IsEarlier));
        Assert.Equal(0, await WaitingAsync());
    }

    /// <summary>One yes is for one signature there, and the person has read one question.</summary>
    [Fact]
    public async Task Where_each_signature_is_asked_about_none_shares_an_answer()
    {
        QuestionSubject each = Subjects.Each with { Asker = Subjects.Login.Asker };
        Task<Ruling> one = AskAsync(each);
        Task<Ruling> other = AskAsync(each);
        Assert.Equal(2, await WaitingAsync());

        await AnswerAsync(isYes: true, shown[0]);
        await AnswerAsync(isYes: false, shown[1]);

        Assert.Equal((Verdict.Yes, Verdict.No), ((await one).Verdict, (await other).Verdict));
    }

    /// <summary>A program that asks again at once must not tire the person out.</summary>
    [Fact]
    public async Task A_no_holds_for_ten_seconds_where_the_same_is_asked_again()
    {
        Task<Ruling> first = AskAsync(Subjects.Login);
        await WaitingAsync();
        await AnswerAsync(isYes: false);
        await first;

        await PassAsync(TimeSpan.FromSeconds(9.9));
        Assert.Equal(new Ruling(Verdict.No, IsEarlier: true), await AskAsync(Subjects.Login));
        await PassAsync(TimeSpan.FromSeconds(0.1));
        Task<Ruling> again = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: true, shown[1]);
        Assert.Equal(Verdict.Yes, (await again).Verdict);
    }

    [Fact]
    public async Task What_a_rule_allowed_that_is_gone_is_asked_about_again()
    {
        Task<Ruling> first = AskAsync(Subjects.Login);
        await WaitingAsync();
        await AnswerAsync(isYes: true);
        await first;

        await thread.RunAsync(() => desk.KeepOnly([Subjects.Rule with { Line = 40 }]));
        Assert.True((await AskAsync(Subjects.Login)).IsEarlier);
        await thread.RunAsync(() => desk.KeepOnly([]));

        Task<Ruling> again = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: false, shown[1]);
        Assert.Equal(Verdict.No, (await again).Verdict);
    }

    /// <summary>A login that began to ask earlier has less time than the question that it joins.</summary>
    [Fact]
    public async Task A_request_that_joins_keeps_its_own_time()
    {
        Task<Ruling> first = AskAsync(Subjects.Login);
        await WaitingAsync();
        Task<Ruling> late = thread.RunAsync(() => desk.AskAsync(Subjects.Login, TimeSpan.FromSeconds(5), null, default));
        await WaitingAsync();

        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(Verdict.NoAnswer, (await late).Verdict);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: true);
        Assert.Equal(Verdict.Yes, (await first).Verdict);
    }

    [Fact]
    public async Task Only_the_first_answer_counts()
    {
        Task<Ruling> asking = AskAsync(Subjects.Login);
        await WaitingAsync();
        await thread.RunAsync(() =>
        {
            desk.Answer(shown[0], isYes: false, Al);
            desk.Answer(shown[0], isYes: true, Al);
        });

        Assert.Equal(Verdict.No, (await asking).Verdict);
        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task Without_anything_that_shows_it_nobody_is_there()
    {
        desk.Asked = null;

        Assert.Equal(Verdict.Nobody, (await AskAsync(Subjects.Each)).Verdict);
        Assert.Equal((0, 0), (await WaitingAsync(), waited));
    }

    [Fact]
    public async Task When_the_time_is_over_there_is_no_answer()
    {
        Task<Ruling> asking = AskAsync(Subjects.Each);
        await PassAsync(Limit - TimeSpan.FromSeconds(1));
        Assert.Equal(1, await WaitingAsync());
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(Verdict.NoAnswer, (await asking).Verdict);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Who_has_no_time_left_is_not_asked_about()
    {
        Ruling ruling = await thread.RunAsync(() => desk.AskAsync(Subjects.Each, TimeSpan.Zero, () => waited++, default));

        Assert.Equal((Verdict.NoAnswer, 0, 0), (ruling.Verdict, shown.Count, waited));
    }

    [Fact]
    public async Task When_the_program_hangs_up_its_question_goes()
    {
        using var hungUp = new CancellationTokenSource();
        Task<Ruling> asking = AskAsync(Subjects.Each, hungUp.Token);
        await thread.RunAsync(hungUp.Cancel);

        Assert.Equal(Verdict.Withdrawn, (await asking).Verdict);
        Assert.Equal(0, await WaitingAsync());
        Assert.Empty(desk.Refused);
    }

    [Fact]
    public async Task A_program_that_hung_up_before_it_is_asked_about_is_withdrawn()
    {
        Assert.Equal(Verdict.Withdrawn, (await AskAsync(Subjects.Each, new CancellationToken(canceled: true))).Verdict);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task Identical_questions_are_one_and_share_its_answer()
    {
        Task<Ruling> one = AskAsync(Subjects.Login);
        Task<Ruling> other = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
        Assert.Equal((1, 2, 2), (shown.Count, shown[0].Requests, waited));

        await AnswerAsync(isYes: true);

        Assert.Equal((Verdict.Yes, Verdict.Yes), ((await one).Verdict, (await other).Verdict));
    }

    [Fact]
    public async Task One_of_two_that_hangs_up_leaves_the_question_to_the_other()
    {
        using var hungUp = new CancellationTokenSource();
        Task<Ruling> gone = AskAsync(Subjects.Login, hungUp.Token);
        Task<Ruling> waits = AskAsync(Subjects.Login);
        await thread.RunAsync(hungUp.Cancel);
        Assert.Equal(Verdict.Withdrawn, (await gone).Verdict);
        Assert.Equal(1, await WaitingAsync());

        await AnswerAsync(isYes: true);

        Assert.Equal(Verdict.Yes, (await waits).Verdict);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("host")]
    [InlineData("user")]
    [InlineData("namespace")]
    [InlineData("holder")]
    [InlineData("rule")]
    public async Task Questions_that_differ_do_not_join_and_a_yes_to_one_is_none_to_the_other(string what)
    {
        QuestionSubject one = what == "namespace" ? Subjects.Commit : Subjects.Login;
        QuestionSubject other = what switch
        {
            "key" => one with { Signature = Subjects.AsGit with { Key = "SHA256:other" } },
            "host" => one with { Host = new BoundHost([4, 5, 6], IsProven: true) },
            "user" => one with { Signature = Subjects.AsGit with { User = "root" } },
            "namespace" => one with { Signature = Subjects.OfCommit with { Namespace = "file" } },
            "holder" => one with { Asker = one.Asker with { Holder = ProcessIdentity.Of(ParentPid()) } },
            _ => one with { Rule = one.Rule with { When = new RuleConditions { Under = "claude", Folder = "/work" } } },
        };
        Task<Ruling> first = AskAsync(one);
        Task<Ruling> second = AskAsync(other);
        Assert.Equal(2, await WaitingAsync());

        await AnswerAsync(isYes: true, shown[0]);
        Assert.Equal(Verdict.Yes, (await first).Verdict);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: false, shown[1]);
        Assert.Equal(Verdict.No, (await second).Verdict);

        Assert.True((await AskAsync(one)).IsEarlier);
        await PassAsync(TimeSpan.FromSeconds(10));
        Task<Ruling> again = AskAsync(other);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: true, shown[2]);
        Assert.False((await again).IsEarlier);
    }

    [Theory]
    [InlineData("forwarded")]
    [InlineData("unproven")]
    [InlineData("assumed")]
    public async Task What_another_host_could_claim_never_joins_and_is_never_remembered(string what)
    {
        QuestionSubject subject = what switch
        {
            "forwarded" => Subjects.Login with { Identity = Subjects.Login.Identity with { IsForwarded = true } },
            "unproven" => Subjects.Login with { Host = Subjects.Server with { IsProven = false } },
            _ => Subjects.Login with { Rule = Subjects.Rule with { IsAssumed = true } },
        };
        Task<Ruling> first = AskAsync(subject);
        Task<Ruling> second = AskAsync(subject);
        Assert.Equal(2, await WaitingAsync());

        await AnswerAsync(isYes: true, shown[0]);

        Assert.Equal(Verdict.Yes, (await first).Verdict);
        Assert.Empty(await GrantsAsync());
        Assert.False(second.IsCompleted);
        await AnswerAsync(isYes: false, shown[1]);
        Assert.Equal(Verdict.No, (await second).Verdict);
    }

    [Fact]
    public async Task Three_wait_at_most_and_one_like_them_may_still_join()
    {
        Task<Ruling> joined = AskAsync(Subjects.Login);
        _ = AskAsync(Subjects.Each);
        _ = AskAsync(Subjects.Each);
        Assert.Equal(3, await WaitingAsync());

        Assert.Equal(Verdict.TooMany, (await AskAsync(Subjects.Each)).Verdict);
        Task<Ruling> other = AskAsync(Subjects.Login);
        await AnswerAsync(isYes: true, shown[0]);

        Assert.Equal((Verdict.Yes, Verdict.Yes), ((await joined).Verdict, (await other).Verdict));
        _ = AskAsync(Subjects.Each);
        Assert.Equal(3, await WaitingAsync());
    }

    [Fact]
    public async Task A_yes_holds_for_its_time_and_no_longer()
    {
        await AllowAsync(Subjects.Login, new Answerer("tmux client pts/3", null));
        await PassAsync(Subjects.HalfAnHour - TimeSpan.FromSeconds(1));
        waited = 0;

        Assert.Equal(new Ruling(Verdict.Yes, "tmux client pts/3", IsEarlier: true), await AskAsync(Subjects.Login));
        Assert.Equal((1, 0), (shown.Count, waited));

        await PassAsync(TimeSpan.FromSeconds(1));
        _ = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task A_yes_is_not_remembered_if_the_rule_asks_each_time_and_a_no_never()
    {
        await AllowAsync(Subjects.Each with { Asker = Subjects.Login.Asker }, Al);
        Assert.Empty(await GrantsAsync());

        Task<Ruling> asking = AskAsync(Subjects.Login);
        await WaitingAsync();
        await AnswerAsync(isYes: false, shown[1]);
        await asking;
        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task A_second_yes_takes_the_place_of_the_first()
    {
        await AllowAsync(Subjects.Login, Al);
        await PassAsync(Subjects.HalfAnHour);
        await AllowAsync(Subjects.Login, Al);

        Grant grant = Assert.Single(await GrantsAsync());
        Assert.Equal(clock.GetUtcNow() + Subjects.HalfAnHour, grant.Until);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_yes_ends_with_its_program_and_with_the_login_that_gave_it(bool isProgram)
    {
        QuestionSubject subject;
        using (var process = Puppet.Start("print qq(up\\n); <STDIN>", [], []))
        {
            Assert.Equal("up", process.Hear());
            var theirs = ProcessIdentity.Of(process.Pid);
            subject = isProgram ? Subjects.Of(theirs) : Subjects.Login;
            await AllowAsync(subject, new Answerer("pts/3", isProgram ? null : theirs));
            Assert.True((await AskAsync(subject)).IsEarlier);
        }

        Assert.Empty(await GrantsAsync());
        _ = AskAsync(subject);
        Assert.Equal(1, await WaitingAsync());
    }

    [Fact]
    public async Task What_is_forgotten_is_asked_again()
    {
        await AllowAsync(Subjects.Login, Al);
        await AllowAsync(Subjects.Commit, Al);

        Assert.Equal(2, await thread.RunAsync(desk.Forget));
        Assert.Equal(0, await thread.RunAsync(desk.Forget));
        _ = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
    }

    [Fact]
    public async Task After_a_restart_nobody_is_asked_here_and_nothing_is_allowed()
    {
        await AllowAsync(Subjects.Commit, Al);
        Task<Ruling> one = AskAsync(Subjects.Login);
        Task<Ruling> other = AskAsync(Subjects.Each);
        await thread.RunAsync(desk.Close);

        Assert.Equal((Verdict.Restarted, Verdict.Restarted), ((await one).Verdict, (await other).Verdict));
        Assert.Equal(Verdict.Restarted, (await AskAsync(Subjects.Each)).Verdict);
        Assert.Equal(3, shown.Count);
        Assert.Equal(Verdict.Restarted, (await AskAsync(Subjects.Commit)).Verdict);
    }

    [Fact]
    public async Task The_latest_eight_that_were_refused_are_remembered_for_who_wants_the_reason()
    {
        for (int number = 0; number < 9; number++)
        {
            Task<Ruling> asking = AskAsync(Subjects.Each);
            await WaitingAsync();
            await AnswerAsync(isYes: false, shown[number]);
            await asking;
        }

        await AllowAsync(Subjects.Each, Al);

        Assert.Equal(Enumerable.Range(2, 8), desk.Refused.Select(question => question.Number));
        Assert.All(desk.Refused, question => Assert.Equal(Verdict.No, question.Ruling!.Verdict));
    }

    [Fact]
    public async Task A_question_is_found_by_its_number_while_it_waits()
    {
        Task<Ruling> asking = AskAsync(Subjects.Each);
        Question? found = await thread.RunAsync(() => desk.Find(1));
        Assert.Same(shown[0], found);
        Assert.Null(await thread.RunAsync(() => desk.Find(2)));

        await AnswerAsync(isYes: true);
        await asking;
        Assert.Null(await thread.RunAsync(() => desk.Find(1)));
    }

    private static int ParentPid()
    {
        Assert.True(ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat stat));
        return stat.Parent;
    }

    private Task<Ruling> AskAsync(QuestionSubject subject, CancellationToken hungUp = default) =>
        thread.RunAsync(() => desk.AskAsync(subject, Limit, () => waited++, hungUp));

    private Task<int> WaitingAsync() => thread.RunAsync(() => desk.Waiting.Count);

    private Task<Grant[]> GrantsAsync() => thread.RunAsync(() => desk.Grants.ToArray());

    private Task AnswerAsync(bool isYes, Question? question = null) => thread.RunAsync(() => desk.Answer(question ?? shown[0], isYes, Al));

    private async Task AllowAsync(QuestionSubject subject, Answerer by)
    {
        Task<Ruling> asking = AskAsync(subject);
        Assert.Equal(1, await WaitingAsync());
        await thread.RunAsync(() => desk.Answer(shown[^1], isYes: true, by));
        Assert.Equal(Verdict.Yes, (await asking).Verdict);
    }

    private async Task PassAsync(TimeSpan time)
    {
        await thread.TurnAsync();
        clock.Advance(time);
        await thread.TurnAsync();
        await thread.TurnAsync();
    }
}
