using System.Collections.Concurrent;
using Fairlead.Core.Linux.Loop;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Linux.Loop;

public sealed class BlockingWorkerTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly ManualResetEventSlim stuck = new();
    private readonly ConcurrentBag<Task> asked = [];

    public BlockingWorkerTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
    }

    public void Dispose()
    {
        stuck.Set();
        worker.Dispose();
        thread.Dispose();
    }

    [Fact]
    public async Task An_answer_comes_back_to_the_loops_thread()
    {
        int loopThread = await thread.RunAsync(() => Environment.CurrentManagedThreadId);
        (int answeredOn, int continuedOn) = await thread.RunAsync(async ValueTask<(int, int)> () =>
        {
            int answer = await worker.RunAsync(() => Environment.CurrentManagedThreadId, Limit);
            return (answer, Environment.CurrentManagedThreadId);
        });
        Assert.NotEqual(loopThread, answeredOn);
        Assert.Equal(loopThread, continuedOn);
    }

    [Fact]
    public async Task A_question_that_throws_is_told_and_answers_nothing()
    {
        Assert.Null(await AskAsync<string>(() => throw new InvalidOperationException("no")));
        await thread.TurnAsync();
        Assert.Equal("no", Assert.Single(thread.Faults).Message);
        Assert.Equal("yes", await AskAsync(() => "yes"));
    }

    [Fact]
    public async Task After_the_deadline_the_answer_is_nothing_and_the_late_one_is_handed_over()
    {
        var late = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?> answer = await BeginStuckAsync(late.SetResult);
        await PassAsync(Limit);
        Assert.Null(await answer);
        Assert.False(late.Task.IsCompleted);

        stuck.Set();
        Assert.Equal("late", await late.Task.InTime());
    }

    [Fact]
    public async Task A_stuck_thread_is_replaced_once_and_then_questions_are_given_up_at_once()
    {
        await GetStuckAsync();
        Assert.Equal("answered", await AskAsync(() => "answered"));

        await GetStuckAsync();
        Assert.Null(await AskAsync(() => "never asked"));

        stuck.Set();
        await Task.WhenAll(asked).InTime();
        string? again = null;
        using var late = new CancellationTokenSource(Deadline.Length);
        while (again is null && !late.IsCancellationRequested)
        {
            again = await AskAsync(() => "answered again"); // as soon as a stuck call has come back to the loop
        }

        Assert.Equal("answered again", again);
    }

    [Fact]
    public async Task What_waits_longer_than_its_deadline_is_never_asked()
    {
        _ = await BeginStuckAsync();
        bool wasAsked = false;
        Task<bool> second = thread.RunAsync(() => worker.RunAsync(() => wasAsked = true, Limit / 2));
        await PassAsync(Limit / 2);
        Assert.False(await second);
        await PassAsync(Limit / 2);
        Assert.True(await AskAsync(() => true)); // by the replacement, which takes questions in order
        Assert.False(wasAsked);
    }

    [Fact]
    public async Task A_full_queue_answers_nothing_at_once()
    {
        _ = await BeginStuckAsync();
        Task<bool>[] waiting = [.. Enumerable.Range(0, BlockingWorker.Capacity).Select(_ => AskAsync(() => true))];
        Assert.False(await AskAsync(() => true));
        stuck.Set();
        Assert.All(await Task.WhenAll(waiting).InTime(), Assert.True);
    }

    [Fact]
    public async Task An_answer_that_comes_at_the_very_deadline_has_one_owner()
    {
        int owners = 0;
        var over = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answered = new ManualResetEventSlim();
        await thread.RunAsync(() =>
        {
            // The loop is in a timer's callback while the answer arrives; the deadline passed at the same moment.
            thread.Loop.Schedule(Limit / 2, () =>
            {
                stuck.Set();
                Assert.True(answered.Wait(Deadline.Length));
            });
            _ = AskOnceAsync();
            _ = worker.RunAsync(() => SignalAndReturn(answered), 2 * Limit).AsTask(); // begins when the first has been answered
        });
        time.Advance(Limit);
        await thread.TurnAsync();
        await thread.TurnAsync();
        Assert.Equal(1, await thread.RunAsync(() => owners));

        async Task AskOnceAsync()
        {
            bool isMine = await worker.RunAsync(() => stuck.Wait(Deadline.Length), Limit, late => owners += late ? 1 : 0);
            owners += isMine ? 1 : 0;
        }
    }

    [Fact]
    public async Task Work_that_must_be_alone_is_done_only_while_every_thread_waits()
    {
        Assert.True(await thread.RunAsync(() => worker.TryRunAlone(() => { })));
        await GetStuckAsync();
        Assert.Equal("answered", await AskAsync(() => "answered"));
        int done = 0;
        Assert.False(await thread.RunAsync(() => worker.TryRunAlone(() => done++)));
        Assert.Equal(0, done);

        stuck.Set();
        await Task.WhenAll(asked).InTime();
        using var late = new CancellationTokenSource(Deadline.Length);
        while (done == 0 && !late.IsCancellationRequested)
        {
            await thread.RunAsync(() => worker.TryRunAlone(() => done++)); // as soon as both threads wait
        }

        Assert.Equal(1, done);
    }

    private static bool SignalAndReturn(ManualResetEventSlim signal)
    {
        signal.Set();
        return true;
    }

    private Task<T?> AskAsync<T>(Func<T> question, Action<T?>? late = null) =>
        thread.RunAsync(() => worker.RunAsync(question, Limit, late));

    /// <summary>Asks what is not answered before the test ends it; returns when a thread is at it.</summary>
    private async Task<Task<string?>> BeginStuckAsync(Action<string?>? late = null)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?> answer = AskAsync(
            () =>
            {
                begun.SetResult();
                stuck.Wait(Deadline.Length);
                ended.SetResult();
                return "late";
            },
            late);
        await begun.Task.InTime();
        asked.Add(ended.Task);
        return answer;
    }

    private async Task GetStuckAsync()
    {
        Task<string?> answer = await BeginStuckAsync();
        await PassAsync(Limit);
        Assert.Null(await answer);
    }

    private async Task PassAsync(TimeSpan span)
    {
        await thread.TurnAsync();
        time.Advance(span);
        await thread.TurnAsync();
    }
}
