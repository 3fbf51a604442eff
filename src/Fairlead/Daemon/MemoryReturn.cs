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

    /// <summary>Bytes of the program. For less it is not done: what is needed again has to come from the page cache.</summary>
    private const long WorthOfProgram = 1024 * 1024;

    /// <summary>Bytes of the process's own. A collection takes some milliseconds, too long for each request that comes alone.</summary>
    private const long WorthOfOwn = 256 * 1024;

    /// <summary>How often it tries, while a thread of the worker is busy or stuck.</summary>
    private const int Tries = 5;

    private long usedAt;
    private long keptOfProgram, keptOfOwn;
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
        (long own, long ofFiles) = CurrentProcess.ResidentMemory;
        if (own - keptOfOwn >= WorthOfOwn)
        {
            CollectAll();
            GiveBackPages(Tries); // a collection needs much of the program itself
        }
        else if (ofFiles - keptOfProgram >= WorthOfProgram)
        {
            GiveBackPages(Tries);
        }
    }

    private void CollectAll()
    {
        // The runtime's thread for finalizers needs some of the program a moment later. None of ours can block.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        keptOfOwn = CurrentProcess.ResidentMemory.Own;
    }

    /// <summary>Gives back the pages of the program that are still as in its file, or tries again if a thread of the worker is busy.</summary>
    private void GiveBackPages(int tries)
    {
        if (worker.TryRunAlone(pages.Release))
        {
            keptOfProgram = CurrentProcess.ResidentMemory.OfFiles;
        }
        else if (tries > 1)
        {
            loop.Schedule(Quiet, () => GiveBackPages(tries - 1));
        }
    }
}
