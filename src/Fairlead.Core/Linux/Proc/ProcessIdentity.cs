namespace Fairlead.Core.Linux.Proc;

/// <summary>A process for good: its pid may be used again, by another that started later.</summary>
/// <param name="Started">Clock ticks since boot; 0 for one that is gone or that hidepid hides, whose pid alone must do.</param>
internal readonly record struct ProcessIdentity(int Pid, ulong Started)
{
    public static ProcessIdentity Of(int pid) => ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Identity : new(pid, 0);
}
