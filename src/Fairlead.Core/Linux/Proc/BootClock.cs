using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The clock that process start times are counted on (CLOCK_BOOTTIME: since boot, sleep included).</summary>
internal static unsafe class BootClock
{
    private const int ClockBootTime = 7;

    /// <summary>When the machine started, if the calendar clock was right then.</summary>
    public static DateTimeOffset Booted(TimeProvider time) => time.GetUtcNow() - TimeSpan.FromSeconds(Ticks / (double)ProcessStat.TicksPerSecond);

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
