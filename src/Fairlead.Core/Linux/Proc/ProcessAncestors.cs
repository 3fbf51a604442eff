namespace Fairlead.Core.Linux.Proc;

/// <summary>A process and those above it.</summary>
internal static class ProcessAncestors
{
    /// <summary>Deeper trees of processes exist only as mistakes.</summary>
    private const int MaxSteps = 64;

    private const int Init = 1;

    /// <summary>Itself first, up to the last that can be read below init, each as it is asked for.</summary>
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
