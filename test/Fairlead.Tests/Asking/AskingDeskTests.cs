using Fairlead.Core.Asking;

namespace Fairlead.Tests.Asking;

/// <summary>The questions that wait for the person.</summary>
public sealed class AskingDeskTests : AskingDeskStage
{
    [Theory]
    [InlineData(true, nameof(Verdict.Yes))]
    [InlineData(false, nameof(Verdict.No))]
    public async Task The_person_s_answer_ends_a_question(bool isYes, string verdict)
    {
        Task<Ruling> asking = AskAsync(Subjects.Each);
        Assert.Equal(1, await WaitingAsync());
        Assert.Equal(1, Waited);

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

        await AnswerAsync(isYes: true, Shown[0]);
        await AnswerAsync(isYes: false, Shown[1]);

        Assert.Equal((Verdict.Yes, Verdict.No), ((await one).Verdict, (await other).Verdict));
    }

    /// <summary>A login that began to ask earlier has less time than the question that it joins.</summary>
    [Fact]
    public async Task A_request_that_joins_keeps_its_own_time()
    {
        Task<Ruling> first = AskAsync(Subjects.Login);
        await WaitingAsync();
        Task<Ruling> late = Thread.RunAsync(() => Desk.AskAsync(Subjects.Login, TimeSpan.FromSeconds(5), null, default));
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
        await Thread.RunAsync(() =>
        {
            Desk.Answer(Shown[0], isYes: false, Al);
            Desk.Answer(Shown[0], isYes: true, Al);
        });

        Assert.Equal(Verdict.No, (await asking).Verdict);
        Assert.Empty(await GrantsAsync());
    }

    [Fact]
    public async Task Without_anything_that_shows_it_nobody_is_there()
    {
        Desk.Asked = null;

        Assert.Equal(Verdict.Nobody, (await AskAsync(Subjects.Each)).Verdict);
        Assert.Equal((0, 0), (await WaitingAsync(), Waited));
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
        Ruling ruling = await Thread.RunAsync(() => Desk.AskAsync(Subjects.Each, TimeSpan.Zero, () => Waited++, default));

        Assert.Equal((Verdict.NoAnswer, 0, 0), (ruling.Verdict, Shown.Count, Waited));
    }

    [Fact]
    public async Task When_the_program_hangs_up_its_question_goes()
    {
        using var hungUp = new CancellationTokenSource();
        Task<Ruling> asking = AskAsync(Subjects.Each, hungUp.Token);
        await Thread.RunAsync(hungUp.Cancel);

        Assert.Equal(Verdict.Withdrawn, (await asking).Verdict);
        Assert.Equal(0, await WaitingAsync());
        Assert.Empty(Desk.Refused);
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
        Assert.Equal((1, 2, 2), (Shown.Count, Shown[0].Requests, Waited));

        await AnswerAsync(isYes: true);

        Assert.Equal((Verdict.Yes, Verdict.Yes), ((await one).Verdict, (await other).Verdict));
    }

    [Fact]
    public async Task One_of_two_that_hangs_up_leaves_the_question_to_the_other()
    {
        using var hungUp = new CancellationTokenSource();
        Task<Ruling> gone = AskAsync(Subjects.Login, hungUp.Token);
        Task<Ruling> waits = AskAsync(Subjects.Login);
        await Thread.RunAsync(hungUp.Cancel);
        Assert.Equal(Verdict.Withdrawn, (await gone).Verdict);
        Assert.Equal(1, await WaitingAsync());

        await AnswerAsync(isYes: true);

        Assert.Equal(Verdict.Yes, (await waits).Verdict);
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
        await AnswerAsync(isYes: true, Shown[0]);

        Assert.Equal((Verdict.Yes, Verdict.Yes), ((await joined).Verdict, (await other).Verdict));
        _ = AskAsync(Subjects.Each);
        Assert.Equal(3, await WaitingAsync());
    }

    [Fact]
    public async Task After_a_restart_nobody_is_asked_here_and_nothing_is_allowed()
    {
        await AllowAsync(Subjects.Commit, Al);
        Task<Ruling> one = AskAsync(Subjects.Login);
        Task<Ruling> other = AskAsync(Subjects.Each);
        Assert.Equal(1, await Thread.RunAsync(Desk.Close));

        Assert.Equal((Verdict.Restarted, Verdict.Restarted), ((await one).Verdict, (await other).Verdict));
        Assert.Equal(Verdict.Restarted, (await AskAsync(Subjects.Each)).Verdict);
        Assert.Equal(3, Shown.Count);
        Assert.Equal(Verdict.Restarted, (await AskAsync(Subjects.Commit)).Verdict);
    }

    [Fact]
    public async Task The_latest_eight_that_were_refused_are_remembered_for_who_wants_the_reason()
    {
        for (int number = 0; number < 9; number++)
        {
            Task<Ruling> asking = AskAsync(Subjects.Each);
            await WaitingAsync();
            await AnswerAsync(isYes: false, Shown[number]);
            await asking;
        }

        await AllowAsync(Subjects.Each, Al);

        Assert.Equal(Enumerable.Range(2, 8), Desk.Refused.Select(question => question.Number));
        Assert.All(Desk.Refused, question => Assert.Equal(Verdict.No, question.Ruling!.Verdict));
    }

    [Fact]
    public async Task A_question_is_found_by_its_number_while_it_waits()
    {
        Task<Ruling> asking = AskAsync(Subjects.Each);
        Question? found = await Thread.RunAsync(() => Desk.Find(1));
        Assert.Same(Shown[0], found);
        Assert.Null(await Thread.RunAsync(() => Desk.Find(2)));

        await AnswerAsync(isYes: true);
        await asking;
        Assert.Null(await Thread.RunAsync(() => Desk.Find(1)));
    }
}
