using System.Collections.Concurrent;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Tests;

/// <summary>An event loop that runs on a thread of its own, as the daemon's does.</summary>
internal sealed class LoopThread : IDisposable
{
    private readonly Thread thread;

    public LoopThread(TimeProvider? time = null)
    {
        Loop = new EventLoop(time ?? TimeProvider.System) { Faulted = Faults.Enqueue };
        thread = new Thread(Loop.Run) { IsBackground = true, Name = "loop" };
        thread.Start();
    }

    public EventLoop Loop { get; }

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>Runs something on the loop's thread and gives its result, or its exception, back to the test.</summary>
    public Task<T> RunAsync<T>(Func<ValueTask<T>> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(async () =>
        {
            try
            {
                done.SetResult(await action());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        return done.Task.InTime();
    }

    public Task<T> RunAsync<T>(Func<T> action) => RunAsync(() => ValueTask.FromResult(action()));

    public Task RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Until every timer that is due has fired: what is posted while the loop is at it runs before them.</summary>
    public Task TurnAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() => Loop.Schedule(TimeSpan.Zero, () => Loop.Post(done.SetResult)));
        return done.Task.InTime();
    }

    public void Dispose()
    {
        Loop.Stop();
        thread.Join();
        Loop.Dispose();
    }
}
