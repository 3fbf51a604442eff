using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Daemon;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Daemon;

/// <summary>When a daemon leaves a home alone.</summary>
public sealed class LastProcessWatchTests : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider time = new();
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly LastProcessWatch watch;
    private readonly SemaphoreSlim looked = new(0);
    private ProcessStat? other;
    private int left;

    public LastProcessWatchTests()
    {
        thread = new LoopThread(time);
        worker = new BlockingWorker(thread.Loop);
        watch = new LastProcessWatch(thread.Loop, worker, Find, () => left++);
    }

    [Fact]
    public async Task With_nobody_else_there_it_leaves_after_half_a_minute_and_not_before()
    {
        await BeginAsync();
        await PassAsync(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, left);

        await PassAsync(TimeSpan.FromMilliseconds(1));
        await LookAsync();
        Assert.Equal(1, left);
    }

    [Fact]
    public async Task Who_comes_in_that_half_minute_keeps_it()
    {
        await BeginAsync();
        Assert.True(ProcessStat.TryRead(CurrentProcess.Pid, out ProcessStat login));
        other = login;
        await PassAsync(Grace);
        await LookAsync();
        Assert.Equal(0, left);
    }

    /// <summary>Nothing is polled: the end of one process makes it look for the next.</summary>
    [Fact]
    public async Task The_last_process_s_end_is_noticed_and_no_time_before_it()
    {
        using Puppet job = Puppet.Start("<STDIN>", [], []);
        Assert.True(ProcessStat.TryRead(job.Pid, out ProcessStat process));
        other = process;
        await BeginAsync();
        await PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, looked.CurrentCount);

        other = null;
        job.Dispose();
        await PassUntilLookedAsync();
        await PassAsync(Grace);
        await LookAsync();
        Assert.Equal(1, left);
    }

    [Fact]
    public async Task Where_the_person_wants_it_to_stay_it_stays()
    {
        await BeginAsync();
        await thread.RunAsync(() => watch.IsWanted = false);
        await PassAsync(Grace);
        Assert.Equal(0, looked.CurrentCount);
        Assert.Equal(0, left);
    }

    public void Dispose()
    {
        thread.RunAsync(watch.Dispose).GetAwaiter().GetResult();
        worker.Dispose();
        thread.Dispose();
    }

    /// <summary>The kernel tells of the end some time; the look comes a moment after.</summary>
    private async Task PassUntilLookedAsync()
    {
        while (!await looked.WaitAsync(TimeSpan.FromMilliseconds(10)))
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        _ = await thread.RunAsync(() => worker.RunAsync(() => true, Grace));
        await thread.TurnAsync();
    }

    private ProcessStat? Find()
    {
        looked.Release();
        return other;
    }

    private async Task BeginAsync()
    {
        await thread.RunAsync(() => watch.IsWanted = true);
        await LookAsync();
    }

    /// <summary>Waits until it has looked, and has made of it what it makes.</summary>
    private async Task LookAsync()
    {
        await looked.WaitAsync().InTime();
        _ = await thread.RunAsync(() => worker.RunAsync(() => true, Grace)); // one question after the other
        await thread.TurnAsync();
    }

    private async Task PassAsync(TimeSpan span)
    {
        await thread.RunAsync(() => time.Advance(span));
        await thread.TurnAsync();
    }
}
