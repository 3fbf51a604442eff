using System.Globalization;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What the kernel says of the daemon's process.</summary>
internal static class DaemonVitals
{
    private const string PrivateDirty = "Private_Dirty:";

    /// <summary>utime and stime, counted behind the name in brackets (proc_pid_stat(5)).</summary>
    private const int UserTimeField = 11;

    public static int Descriptors(int process) => ProcessHandle.DescriptorsOf(process).Count();

    /// <summary>Memory that is its own, in KiB.</summary>
    public static long Memory(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/smaps_rollup").Single(line => line.StartsWith(PrivateDirty, StringComparison.Ordinal))[PrivateDirty.Length..^2],
        CultureInfo.InvariantCulture);

    /// <summary>Processor time that it has used.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = long.Parse(fields[UserTimeField], CultureInfo.InvariantCulture) + long.Parse(fields[UserTimeField + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromMilliseconds(ticks * 10);
    }
}
