using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Tests.Linux.Loop;

public sealed class ProcessEndTests : IDisposable
{
    private readonly LoopThread thread = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        thread.Dispose();
        Assert.Empty(thread.Faults);
    }

    [Fact]
    public async Task The_end_is_told()
    {
        var puppet = Puppet.Start("<STDIN>;", [], []);
        Assert.NotNull(await WatchAsync(puppet.Pid, StartOf(puppet.Pid)));
        Assert.False(ended.Task.IsCompleted);
        puppet.Dispose();
        await ended.Task.InTime();
    }

    [Fact]
    public async Task A_process_that_is_gone_already_has_ended()
    {
        var puppet = Puppet.Start("<STDIN>;", [], []);
        ulong started = StartOf(puppet.Pid);
        puppet.Dispose();
        Assert.Null(await WatchAsync(puppet.Pid, started));
        await ended.Task.InTime();
    }

    [Fact]
    public async Task A_process_that_only_has_the_pid_is_another_one()
    {
        using var puppet = Puppet.Start("<STDIN>;", [], []);
        Assert.Null(await WatchAsync(puppet.Pid, StartOf(puppet.Pid) + 1));
        await ended.Task.InTime();
    }

    [Fact]
    public async Task Who_does_not_want_to_know_any_more_is_not_told()
    {
        var puppet = Puppet.Start("<STDIN>;", [], []);
        ProcessEnd? watch = await WatchAsync(puppet.Pid, StartOf(puppet.Pid));
        await thread.RunAsync(watch!.Dispose);
        puppet.Dispose();
        await thread.TurnAsync();
        Assert.False(ended.Task.IsCompleted);
    }

    private Task<ProcessEnd?> WatchAsync(int pid, ulong started) =>
        thread.RunAsync(() => ProcessEnd.Watch(thread.Loop, pid, started, ended.SetResult));

    private static ulong StartOf(int pid)
    {
        Assert.True(ProcessStat.TryRead(pid, out ProcessStat stat));
        return stat.Started;
    }
}
