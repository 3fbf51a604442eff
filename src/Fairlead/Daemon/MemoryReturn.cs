using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Daemon;

/// <summary>
/// Gives memory back to the kernel when what needed it is over, a crowd of clients or a command: once, a moment after the last of it. Nothing ticks while
/// nobody comes.
/// </summary>
/// <param name="worker">Holds its threads still meanwhile.</param>
internal sealed class MemoryReturn(EventLoop loop, BlockingWorker worker, ProgramPages pages)
{
    /// <summary>Who comes again within this time finds all as it was.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>Bytes. For less it is not done: it takes some milliseconds, and what is needed again has to come from the page cache.</summary>
    private const long Worth = 1024 * 1024;

    /// <summary>How often it tries, while a thread of the worker is busy or stuck.</summary>
    private const int Tries = 5;

    private long usedAt;
    private long kept;
    private bool isWaiting;

    /// <summary>Something has been done that may have needed memory.</summary>
    public void NoteUse()
    {
        usedAt = loop.Time.GetTimestamp();
        if (!isWaiting)
        {
            isWaiting = true;
            loop.Schedule(Quiet, Look);
        }
    }

    private void Look()
    {
        TimeSpan elapsed = loop.Time.GetElapsedTime(usedAt);
        if (elapsed < Quiet)
        {
            loop.Schedule(Quiet - elapsed, Look);
            return;
        }

        isWaiting = false;
        if (CurrentProcess.ResidentMemory - kept >= Worth)
        {
            Release();
        }
    }

    /// <summary>Gives back what is garbage, and the pages of the program that are still as in its file.</summary>
    private void Release()
    {
        // First: it needs much of the program itself, and the runtime's thread for finalizers some of it a moment later. None of ours can block.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GiveBackPages(Tries);
        kept = CurrentProcess.ResidentMemory;
    }

    private void GiveBackPages(int tries)
    {
        if (worker.TryRunAlone(pages.Release))
        {
            kept = CurrentProcess.ResidentMemory;
        }
        else if (tries > 1)
        {
            loop.Schedule(Quiet, () => GiveBackPages(tries - 1));
        }
    }
}
