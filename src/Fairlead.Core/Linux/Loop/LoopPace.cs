namespace Fairlead.Core.Linux.Loop;

/// <summary>Lets something be done once in an interval. For what a person at a keyboard may cause, and so may a program that reads from the terminal a thousand times a second.</summary>
internal sealed class LoopPace(EventLoop loop, TimeSpan interval)
{
    private long? doneAt;
    private Action? waiting;

    /// <summary>Whether it is to be done now. If not, <paramref name="later"/> is called when the interval is over, and of several such calls the last.</summary>
    public bool IsDue(Action later)
    {
        TimeSpan elapsed = doneAt is long at ? loop.Time.GetElapsedTime(at) : interval;
        if (elapsed >= interval)
        {
            doneAt = loop.Time.GetTimestamp();
            return true;
        }

        if (waiting is null)
        {
            loop.Schedule(interval - elapsed, () =>
            {
                Action last = waiting!;
                waiting = null;
                last();
            });
        }

        waiting = later;
        return false;
    }
}
