namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// The timers of a loop, the next one first. Most are cancelled long before they are due: each request has one that ends its wait.
/// </summary>
internal sealed class TimerQueue
{
    /// <summary>At most this many cancelled ones may stay until they are due.</summary>
    private const int Few = 64;

    private readonly PriorityQueue<LoopTimer, long> queue = new();
    private int cancelled;

    /// <summary>The timers that have not fired; cancelled ones may be among them.</summary>
    public int Count => queue.Count;

    /// <param name="due">A timestamp of the loop's clock.</param>
    public LoopTimer Add(Action callback, long due)
    {
        var timer = new LoopTimer(callback, this);
        queue.Enqueue(timer, due);
        return timer;
    }

    /// <summary>When the next one is due; null if there is none.</summary>
    public long? NextDue()
    {
        while (queue.TryPeek(out LoopTimer? timer, out long due))
        {
            if (!timer.IsCancelled)
            {
                return due;
            }

            queue.Dequeue();
            cancelled--;
        }

        return null;
    }

    /// <summary>Takes the next one that is due out of the queue; null if there is none.</summary>
    public LoopTimer? TakeDue(long now) => NextDue() <= now ? queue.Dequeue() : null;

    /// <summary>
    /// Ten thousand signatures in two minutes would leave as many timers behind. It waits until they are half of the queue, so that each
    /// costs little.
    /// </summary>
    internal void NoteCancelled()
    {
        cancelled++;
        if (cancelled > Few && cancelled > queue.Count / 2)
        {
            (LoopTimer, long)[] left = [.. queue.UnorderedItems.Where(item => !item.Element.IsCancelled)];
            queue.Clear();
            queue.EnqueueRange(left);
            cancelled = 0;
        }
    }
}
