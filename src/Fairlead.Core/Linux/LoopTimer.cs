namespace Fairlead.Core.Linux;

/// <summary>A callback that the loop makes once, unless it is disposed first.</summary>
internal sealed class LoopTimer : IDisposable
{
    private Action? callback;

    internal LoopTimer(Action callback) => this.callback = callback;

    internal bool IsCancelled => callback is null;

    public void Dispose() => callback = null;

    internal void Fire()
    {
        Action? due = callback;
        callback = null;
        due?.Invoke();
    }
}
