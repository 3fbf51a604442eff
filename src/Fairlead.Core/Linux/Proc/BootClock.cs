using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The clock that process start times are counted on (CLOCK_BOOTTIME: since boot, sleep included).</summary>
internal static unsafe class BootClock
{
    private const int ClockBootTime = 7;

    /// <summary>Now, in the unit of <see cref="ProcessStat.Started"/>.</summary>
    public static ulong Ticks
    {
        get
        {
            long* time = stackalloc long[2];
            _ = LibC.clock_gettime(ClockBootTime, time);
            return ((ulong)time[0] * ProcessStat.TicksPerSecond) + ((ulong)time[1] * ProcessStat.TicksPerSecond / 1_000_000_000);
        }
    }
}
