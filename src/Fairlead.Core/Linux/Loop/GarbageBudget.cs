namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Collects young garbage after each <see cref="Budget"/> of it. The runtime's own budget follows the processor's cache: with a large one it
/// lets sixteen megabytes pile up before it first looks, in a process that holds a few hundred kilobytes.
/// </summary>
/// <remarks>
/// In code, because the setting for it (GCgen0size) is read from the environment alone. A collection costs about as much as two requests, once in
/// a hundred.
/// </remarks>
internal sealed class GarbageBudget
{
    /// <summary>Bytes allocated between two collections.</summary>
    private const long Budget = 256 * 1024;

    /// <summary>
    /// Collections of what is new to one of what has survived some. A crowd of clients has much under way at each of them; forty megabytes of it piled up
    /// while a hundred clients did not read.
    /// </summary>
    private const int OlderEvery = 8;

    /// <summary>
    /// Collections to one of everything, which takes a millisecond and gives memory back to the kernel: the others leave free space between what is
    /// alive, and a few hundred kilobytes came to lie scattered over four megabytes.
    /// </summary>
    private const int WholeEvery = 16;

    private long collectedAt;
    private int collections;

    public void CollectWhenDue()
    {
        // All threads': the worker makes twice as much garbage as the loop where many logins come and go.
        long allocated = GC.GetTotalAllocatedBytes(precise: false);
        if (allocated - collectedAt <= Budget)
        {
            return;
        }

        collectedAt = allocated;
        collections++;
        if (collections % WholeEvery == 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        else
        {
            GC.Collect(collections % OlderEvery == 0 ? 1 : 0, GCCollectionMode.Forced, blocking: true);
        }
    }
}
