namespace Fairlead.Core.Linux.Proc;

/// <summary>A process and its ancestors.</summary>
internal static class ProcessAncestors
{
    /// <summary>Deeper trees of processes exist only by mistake.</summary>
    private const int MaxSteps = 64;

    private const int Init = 1;

    /// <summary>
    /// The process itself first, then its parents up to the last one that can be read below init; each is read when it is asked for.
    /// </summary>
    public static IEnumerable<ProcessStat> Of(int pid)
    {
        int next = pid;
        for (int step = 0; step < MaxSteps && next > Init && ProcessStat.TryRead(next, out ProcessStat stat); step++)
        {
            yield return stat;
            next = stat.Parent;
        }
    }
}
