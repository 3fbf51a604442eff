namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Allows something once in an interval. For events that a person at a keyboard causes, but that a program may cause a thousand times a
/// second by reading from the terminal.
/// </summary>
internal sealed class LoopPace(EventLoop loop, TimeSpan interval)
{
    private long? doneAt;
    private Action? waiting;

    /// <summary>
    /// Whether to do it now. If not, <paramref name="later"/> is called when the interval is over; of several such calls only the final
    /// one.
    /// </summary>
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
