namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Something that happens once, with any number of waiters. They continue inside <see cref="Happen"/>, in order, on the loop's thread.
/// </summary>
/// <remarks>
/// Not a <see cref="Task"/>: a task with several waiters lets some of them continue in the thread pool (Task.RunContinuations), and nothing
/// of the loop is made for a second thread.
/// </remarks>
internal sealed class LoopEvent
{
    private List<LoopSignal>? waiting = [];

    public bool HasHappened => waiting is null;

    public async ValueTask WaitAsync()
    {
        var signal = new LoopSignal();
        if (Subscribe(signal))
        {
            await signal.WaitAsync();
        }
    }

    /// <summary>Waits until it happens, this long at most.</summary>
    public async ValueTask WaitAsync(EventLoop loop, TimeSpan timeout)
    {
        var signal = new LoopSignal();
        if (Subscribe(signal))
        {
            using LoopTimer timer = loop.Schedule(timeout, () => signal.Raise(Wake.TimedOut));
            await signal.WaitAsync();
        }
    }

    /// <summary>Raises the signal when it happens. False if it has already happened: then nothing is raised.</summary>
    public bool Subscribe(LoopSignal signal)
    {
        waiting?.Add(signal);
        return waiting is not null;
    }

    /// <summary>Further calls do nothing.</summary>
    public void Happen()
    {
        List<LoopSignal>? told = waiting;
        waiting = null;
        told?.ForEach(signal => signal.Raise(Wake.Ready));
    }
}
