namespace Fairlead.Core.Linux.Loop;

/// <summary>A callback that the loop makes once, unless it is disposed first.</summary>
internal sealed class LoopTimer : IDisposable
{
    private readonly TimerQueue queue;
    private Action? callback;

    /// <param name="queue">Notified when it is disposed before it has fired.</param>
    internal LoopTimer(Action callback, TimerQueue queue) => (this.callback, this.queue) = (callback, queue);

    internal bool IsCancelled => callback is null;

    public void Dispose()
    {
        if (!IsCancelled)
        {
            callback = null;
            queue.NoteCancelled();
        }
    }

    internal void Fire()
    {
        Action? due = callback;
        callback = null;
        due?.Invoke();
    }
}
