using Fairlead.Core.Asking;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Asking;

/// <summary>A desk on a loop of its own, and programs that ask at it. The clock is the test's.</summary>
public abstract class AskingDeskStage : IDisposable
{
    private protected AskingDeskStage()
    {
        Thread = new LoopThread(Clock);
        Desk = new AskingDesk(Thread.Loop) { Asked = Shown.Add };
    }

    private protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(90);

    private protected static Answerer Al { get; } = new("pts/3", null);

    private protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    private protected LoopThread Thread { get; }

    private protected AskingDesk Desk { get; }

    /// <summary>The questions that reached the person, those that have ended as well.</summary>
    private protected List<Question> Shown { get; } = [];

    /// <summary>How many requests have had to wait for an answer.</summary>
    private protected int Waited { get; set; }

    public void Dispose()
    {
        Thread.Dispose();
        Assert.Empty(Thread.Faults);
        GC.SuppressFinalize(this);
    }

    private protected Task<Ruling> AskAsync(QuestionSubject subject, CancellationToken hungUp = default) =>
        Thread.RunAsync(() => Desk.AskAsync(subject, Limit, () => Waited++, hungUp));

    private protected Task<int> WaitingAsync() => Thread.RunAsync(() => Desk.Waiting.Count);

    private protected Task<Grant[]> GrantsAsync() => Thread.RunAsync(() => Desk.Grants.ToArray());

    private protected Task AnswerAsync(bool isYes, Question? question = null) => Thread.RunAsync(() => Desk.Answer(question ?? Shown[0], isYes, Al));

    private protected async Task AllowAsync(QuestionSubject subject, Answerer by)
    {
        Task<Ruling> asking = AskAsync(subject);
        Assert.Equal(1, await WaitingAsync());
        await Thread.RunAsync(() => Desk.Answer(Shown[^1], isYes: true, by));
        Assert.Equal(Verdict.Yes, (await asking).Verdict);
    }

    private protected async Task PassAsync(TimeSpan time)
    {
        await Thread.TurnAsync();
        Clock.Advance(time);
        await Thread.TurnAsync();
        await Thread.TurnAsync();
    }
}
