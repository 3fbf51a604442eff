namespace Fairlead.Bench.Staging;

/// <summary>Disposes of all that came after it, newest first.</summary>
internal sealed class Scope(Stack<IDisposable> kept, int count) : IDisposable
{
    public Scope(Stack<IDisposable> kept)
        : this(kept, kept.Count)
    {
    }

    public void Dispose()
    {
        while (kept.Count > count)
        {
            kept.Pop().Dispose();
        }
    }
}
