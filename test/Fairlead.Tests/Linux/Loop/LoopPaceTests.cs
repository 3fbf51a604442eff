using Fairlead.Core.Linux.Loop;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Linux.Loop;

public sealed class LoopPaceTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly LoopPace pace;
    private readonly List<string> done = [];

    public LoopPaceTests()
    {
        thread = new LoopThread(time);
        pace = new LoopPace(thread.Loop, Interval);
    }

    public void Dispose()
    {
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task The_first_is_due_at_once_and_of_those_that_follow_the_last_at_the_end_of_the_interval()
    {
        await AskAsync("a", "b", "c");
        Assert.Equal(["a now"], done);

        await PassAsync(Interval);
        Assert.Equal(["a now", "c later"], done);
    }

    [Fact]
    public async Task After_the_interval_the_next_is_due_at_once()
    {
        await AskAsync("a");
        await PassAsync(Interval);
        await AskAsync("b");
        Assert.Equal(["a now", "b now"], done);
    }

    [Fact]
    public async Task However_many_come_each_interval_has_one()
    {
        for (int i = 0; i < 100; i++)
        {
            await AskAsync("x");
            await PassAsync(Interval / 10);
        }

        Assert.InRange(done.Count, 10, 20); // one in time and one that waited, at most
    }

    private Task AskAsync(params string[] names) => thread.RunAsync(() =>
    {
        foreach (string name in names.Where(name => pace.IsDue(() => done.Add($"{name} later"))))
        {
            done.Add($"{name} now");
        }
    });

    private async Task PassAsync(TimeSpan passed)
    {
        time.Advance(passed);
        await thread.TurnAsync();
    }
}
