namespace Fairlead.Core.Linux.Loop;

/// <summary>Something that happens once and that any number wait for. They go on inside <see cref="Happen"/>, in order, on the loop's thread.</summary>
/// <remarks>
/// Not a <see cref="Task"/>: one that several wait for lets some of them go on in the thread pool (Task.RunContinuations), and nothing of the
/// loop is made for a second thread.
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

    /// <summary>Raises the signal when it happens. False when it has happened: then nothing is raised.</summary>
    public bool Subscribe(LoopSignal signal)
    {
        waiting?.Add(signal);
        return waiting is not null;
    }

    /// <summary>More than once is once.</summary>
    public void Happen()
    {
        List<LoopSignal>? told = waiting;
        waiting = null;
        told?.ForEach(signal => signal.Raise(Wake.Ready));
    }
}
