namespace Fairlead.Core.Linux;

/// <summary>A callback that the loop makes once, unless it is disposed first.</summary>
internal sealed class LoopTimer : IDisposable
{
    private readonly Action cancelled;
    private Action? callback;

    /// <param name="cancelled">Called when it is disposed before it has fired.</param>
    internal LoopTimer(Action callback, Action cancelled) => (this.callback, this.cancelled) = (callback, cancelled);

    internal bool IsCancelled => callback is null;

    public void Dispose()
    {
        if (!IsCancelled)
        {
            callback = null;
            cancelled();
        }
    }

    internal void Fire()
    {
        Action? due = callback;
        callback = null;
        due?.Invoke();
    }
}
