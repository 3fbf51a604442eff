namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// Collects young garbage after each <see cref="Budget"/> of it. The runtime alone would let four megabytes pile up before it first looks
/// (GCgen0size, in the project of the program), in a process that holds a few hundred kilobytes.
/// </summary>
/// <remarks>
/// It is in code, because that setting is for commands as well, and most of those end without any collection. What a collection costs grows
/// with the conversations that are open, not with the garbage: with sixteen clients, one after each quarter of a megabyte took a third of
/// the daemon's time.
/// </remarks>
internal sealed class GarbageBudget
{
    /// <summary>Bytes allocated between two collections: some three hundred lists.</summary>
    private const long Budget = 1024 * 1024;

    /// <summary>
    /// How many young collections there are for one of objects that survived some. A crowd of clients has much in progress at each of them;
    /// forty megabytes piled up while a hundred clients did not read.
    /// </summary>
    private const int OlderEvery = 8;

    /// <summary>
    /// How many collections there are for one of everything, which takes a millisecond and gives memory back to the kernel. The others
    /// leave free space between live objects: a few hundred kilobytes were scattered over four megabytes.
    /// </summary>
    private const int WholeEvery = 16;

    private long collectedAt;
    private int collections;

    /// <summary>What has been allocated until now counts for nothing: a collection would delay the first answer.</summary>
    public void Begin() => collectedAt = GC.GetTotalAllocatedBytes(precise: false);

    /// <returns>Whether it was due: there is some load.</returns>
    public bool CollectWhenDue()
    {
        // Of all threads, because the worker makes twice as much garbage as the loop when many logins come and go.
        long allocated = GC.GetTotalAllocatedBytes(precise: false);
        if (allocated - collectedAt <= Budget)
        {
            return false;
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

        return true;
    }
}
