using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Agents;

/// <summary>
/// Reads a folder that is too large for the loop on the worker, a slice at a time. It rests in between: a user who keeps making and
/// removing folders makes it read for a fifth of the time at most, and only while requests come. Belongs to the loop.
/// </summary>
/// <param name="found">Called when the folder's agents have changed.</param>
internal sealed class BackgroundReading(BlockingWorker worker, SocketFolder folder, Action found)
{
    /// <summary>How long a rest is, as a multiple of the reading before it.</summary>
    private const int Rest = 4;

    /// <summary>For one slice. A slice that takes longer is stuck.</summary>
    private static readonly TimeSpan SliceDeadline = TimeSpan.FromSeconds(5);

    private readonly LoopSignal resting = new();
    private LoopEvent nextEnd = new();
    private bool isWanted;
    private bool isUrgent;

    /// <summary>It reads or rests; meanwhile the folder belongs to it.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>
    /// When the most recent completed reading began, in clock ticks since boot: everything from before then is known. 0 before the first.
    /// </summary>
    public ulong ReadAt { get; private set; }

    /// <summary>Asks for a new reading, and does not wait for it.</summary>
    public void Want()
    {
        isWanted = true;
        if (!IsRunning)
        {
            IsRunning = true;
            worker.Loop.Observe(RunAsync());
        }
    }

    /// <summary>Waits for a reading that begins now, for the given time at most; then everything that is there now is known.</summary>
    /// <returns>False if it takes longer.</returns>
    public async ValueTask<bool> CatchUpAsync(TimeSpan patience)
    {
        LoopEvent end = nextEnd;
        isUrgent = true;
        Want();
        resting.Raise(Wake.Ready);
        var signal = new LoopSignal();
        if (!end.Subscribe(signal))
        {
            return true;
        }

        using LoopTimer timer = worker.Loop.Schedule(patience, () => signal.Raise(Wake.TimedOut));
        return await signal.WaitAsync() == Wake.Ready;
    }

    private async Task RunAsync()
    {
        try
        {
            while (isWanted)
            {
                isWanted = isUrgent = false;
                LoopEvent end = nextEnd;
                nextEnd = new LoopEvent();
                long began = worker.Loop.Time.GetTimestamp();
                ulong ticks = BootClock.Ticks;
                ReadAt = await ReadAsync() ? ticks : ReadAt;
                end.Happen();
                await RestAsync(worker.Loop.Time.GetElapsedTime(began) * Rest);
            }
        }
        finally
        {
            IsRunning = false;
        }
    }

    private async ValueTask RestAsync(TimeSpan pause)
    {
        if (!isUrgent)
        {
            using LoopTimer timer = worker.Loop.Schedule(pause, () => resting.Raise(Wake.TimedOut));
            await resting.WaitAsync();
        }
    }

    /// <returns>False if the worker has no time for it.</returns>
    private async ValueTask<bool> ReadAsync()
    {
        do
        {
            if (await worker.RunAsync<bool?>(ReadSlice, SliceDeadline) is not bool isNew)
            {
                return false;
            }

            if (isNew)
            {
                found();
            }
        }
        while (folder.IsBehind);
        return true;
    }

    /// <summary>A stuck slice may still be in progress on the thread that was replaced.</summary>
    private bool? ReadSlice()
    {
        if (!Monitor.TryEnter(folder))
        {
            return null;
        }

        try
        {
            return folder.ReadOn();
        }
        finally
        {
            Monitor.Exit(folder);
        }
    }
}
