namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Looks at many things on the worker, a slice at a time: a request that needs a route waits for one slice at most, not for thousands of
/// processes.
/// </summary>
/// <param name="late">Gets the thing at which a look is stuck, with true, and again with false if that look returns after all.</param>
internal sealed class ChunkedWork<TItem, TAnswer>(BlockingWorker worker, Func<TItem, TAnswer?> look, Action<TItem, bool>? late = null)
    where TAnswer : class
{
    /// <summary>Some 50 us each: a slice takes 3 ms.</summary>
    public const int SliceSize = 64;

    /// <summary>For one slice. Longer than any busy machine takes, so the worker is stuck then.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <param name="items">Taken on the loop, a slice at a time.</param>
    /// <returns>The results, and whether the work covered everything.</returns>
    public async ValueTask<(List<TAnswer> Found, bool IsComplete)> AskAsync(IEnumerable<TItem> items)
    {
        var found = new List<TAnswer>();
        foreach (TItem[] slice in items.Chunk(SliceSize))
        {
            var progress = new Progress();
            List<TAnswer>? part = await worker.RunAsync(() => Look(slice, progress), Deadline, _ => Tell(slice, progress, isStuck: false));
            if (part is null)
            {
                progress.StuckAt = progress.At;
                Tell(slice, progress, isStuck: true);
                return (found, false);
            }

            found.AddRange(part);
        }

        return (found, true);
    }

    private void Tell(TItem[] slice, Progress progress, bool isStuck)
    {
        if (progress.StuckAt >= 0)
        {
            late?.Invoke(slice[progress.StuckAt], isStuck);
        }
    }

    private List<TAnswer> Look(TItem[] slice, Progress progress)
    {
        var found = new List<TAnswer>();
        for (int i = 0; i < slice.Length; i++)
        {
            progress.At = i;
            if (look(slice[i]) is TAnswer answer)
            {
                found.Add(answer);
            }
        }

        return found;
    }

    /// <summary>How far the worker is; -1 before it has begun.</summary>
    private sealed class Progress
    {
        private volatile int at = -1;

        public int At
        {
            get => at;
            set => at = value;
        }

        /// <summary>The loop's own note.</summary>
        public int StuckAt { get; set; } = -1;
    }
}
