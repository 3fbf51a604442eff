namespace Fairlead.Core.Linux;

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
    private const int OldestEvery = 64;

    private long collectedAt;
    private int collections;

    public void CollectWhenDue()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        if (allocated - collectedAt > Budget)
        {
            collectedAt = allocated;
            collections++;
            GC.Collect(collections % OldestEvery == 0 ? 2 : collections % OlderEvery == 0 ? 1 : 0, GCCollectionMode.Forced, blocking: true);
        }
    }
}
