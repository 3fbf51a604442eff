using Fairlead.Core.Linux.Loop;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Linux.Loop;

public sealed class ChunkedWorkTests : IDisposable
{
    private const int Many = 1000;

    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly ManualResetEventSlim release = new();

    public ChunkedWorkTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
    }

    public void Dispose()
    {
        release.Set();
        worker.Dispose();
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task Everything_is_looked_at_in_order()
    {
        var question = new ChunkedWork<int, string>(worker, item => item % 2 == 0 ? $"{item}" : null);
        (List<string> found, bool isComplete) = await thread.RunAsync(() => question.AskAsync(Enumerable.Range(0, Many)));
        Assert.True(isComplete);
        Assert.Equal(Enumerable.Range(0, Many).Where(item => item % 2 == 0).Select(item => $"{item}"), found);
    }

    /// <summary>What a route waits for is one slice, however many processes there are.</summary>
    [Fact]
    public async Task Another_question_is_answered_before_the_next_slice()
    {
        int lookedAt = 0;
        var other = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var question = new ChunkedWork<int, string>(worker, item =>
        {
            if (item == 0)
            {
                AskAnother();
            }

            lookedAt++;
            return null;
        });
        await thread.RunAsync(() => question.AskAsync(Enumerable.Range(0, Many)));
        Assert.Equal(ChunkedWork<int, string>.SliceSize, await other.Task.InTime());
        Assert.Equal(Many, lookedAt);

        void AskAnother()
        {
            using var asked = new ManualResetEventSlim();
            thread.Loop.Post(async () =>
            {
                ValueTask<int> answer = worker.RunAsync(() => lookedAt, TimeSpan.FromHours(1));
                asked.Set();
                other.SetResult(await answer);
            });
            asked.Wait();
        }
    }

    [Fact]
    public async Task What_is_stuck_ends_the_question_and_is_told_and_so_is_its_coming_back()
    {
        var told = new List<(int Item, bool IsStuck)>();
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var begun = new ManualResetEventSlim();
        var question = new ChunkedWork<int, string>(
            worker,
            item =>
            {
                if (item == 70)
                {
                    begun.Set();
                    release.Wait();
                }

                return $"{item}";
            },
            (item, isStuck) =>
            {
                told.Add((item, isStuck));
                if (!isStuck)
                {
                    back.SetResult();
                }
            });
        Task<(List<string> Found, bool IsComplete)> asked = thread.RunAsync(() => question.AskAsync(Enumerable.Range(0, Many)));
        begun.Wait();
        await thread.RunAsync(() => time.Advance(TimeSpan.FromSeconds(5)));
        (List<string> found, bool isComplete) = await asked;
        Assert.False(isComplete);
        Assert.Equal(ChunkedWork<int, string>.SliceSize, found.Count);
        Assert.Equal([(70, true)], told);

        release.Set();
        await back.Task.InTime();
        Assert.Equal([(70, true), (70, false)], told);
    }
}
