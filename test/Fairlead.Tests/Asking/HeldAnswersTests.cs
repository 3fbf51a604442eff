using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Asking;

/// <summary>The answers that hold for later signatures.</summary>
public sealed class HeldAnswersTests : AskingDeskStage
{
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
        await AnswerAsync(isYes: true, Shown[1]);
        Assert.Equal(Verdict.Yes, (await again).Verdict);
    }

    [Fact]
    public async Task What_a_rule_allowed_that_is_gone_is_asked_about_again()
    {
        Task<Ruling> first = AskAsync(Subjects.Login);
        await WaitingAsync();
        await AnswerAsync(isYes: true);
        await first;

        await Thread.RunAsync(() => Desk.KeepOnly([Subjects.Rule with { Line = 40 }]));
        Assert.True((await AskAsync(Subjects.Login)).IsEarlier);
        await Thread.RunAsync(() => Desk.KeepOnly([]));

        Task<Ruling> again = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: false, Shown[1]);
        Assert.Equal(Verdict.No, (await again).Verdict);
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

        await AnswerAsync(isYes: true, Shown[0]);
        Assert.Equal(Verdict.Yes, (await first).Verdict);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: false, Shown[1]);
        Assert.Equal(Verdict.No, (await second).Verdict);

        Assert.True((await AskAsync(one)).IsEarlier);
        await PassAsync(TimeSpan.FromSeconds(10));
        Task<Ruling> again = AskAsync(other);
        Assert.Equal(1, await WaitingAsync());
        await AnswerAsync(isYes: true, Shown[2]);
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

        await AnswerAsync(isYes: true, Shown[0]);

        Assert.Equal(Verdict.Yes, (await first).Verdict);
        Assert.Empty(await GrantsAsync());
        Assert.False(second.IsCompleted);
        await AnswerAsync(isYes: false, Shown[1]);
        Assert.Equal(Verdict.No, (await second).Verdict);
    }

    [Fact]
    public async Task A_yes_holds_for_its_time_and_no_longer()
    {
        await AllowAsync(Subjects.Login, new Answerer("tmux client pts/3", null));
        await PassAsync(Subjects.HalfAnHour - TimeSpan.FromSeconds(1));
        Waited = 0;

        Assert.Equal(new Ruling(Verdict.Yes, "tmux client pts/3", IsEarlier: true), await AskAsync(Subjects.Login));
        Assert.Equal((1, 0), (Shown.Count, Waited));

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
        await AnswerAsync(isYes: false, Shown[1]);
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
        Assert.Equal(Clock.GetUtcNow() + Subjects.HalfAnHour, grant.Until);
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

        Assert.Equal(2, await Thread.RunAsync(Desk.Forget));
        Assert.Equal(0, await Thread.RunAsync(Desk.Forget));
        _ = AskAsync(Subjects.Login);
        Assert.Equal(1, await WaitingAsync());
    }

    private static int ParentPid()
    {
        Assert.True(ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat stat));
        return stat.Parent;
    }
}
