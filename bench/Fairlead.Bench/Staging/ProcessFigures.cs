using System.Globalization;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Bench.Staging;

/// <summary>What the kernel counts for a process.</summary>
internal static class ProcessFigures
{
    /// <summary>Processor time of the process and of the children it has waited for, as socat has one for each client.</summary>
    public static TimeSpan ProcessorTime(int pid)
    {
        string line = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)); // utime, stime, cutime, cstime
        return TimeSpan.FromSeconds((double)ticks / ProcessStat.TicksPerSecond);
    }

    /// <summary>VmRSS, in kilobytes.</summary>
    public static double Resident(int pid) => Sum($"/proc/{pid}/status", "VmRSS:");

    /// <summary>VmHWM, the most that it ever was, in kilobytes.</summary>
    public static double Peak(int pid) => Sum($"/proc/{pid}/status", "VmHWM:");

    public static int Descriptors(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    /// <summary>Of the 128 that a user has by default (fs.inotify.max_user_instances).</summary>
    public static int InotifyInstances(int pid) =>
        Directory.GetFileSystemEntries($"/proc/{pid}/fd").Count(link => new FileInfo(link).LinkTarget == "anon_inode:inotify");

    /// <summary>
    /// Pages that the process has written, in kilobytes. Those of its binary do not count: they are private only as long as no second process
    /// runs it.
    /// </summary>
    public static double Private(int pid) => Sum($"/proc/{pid}/smaps_rollup", "Private_Dirty:");

    /// <summary>Its own pages, and its share of those that it has in common with others (Pss), in kilobytes.</summary>
    public static double Share(int pid) => Sum($"/proc/{pid}/smaps_rollup", "Pss:");

    /// <summary>How often its threads went to sleep of their own accord, which is how often they were woken.</summary>
    public static double Sleeps(int pid) =>
        Directory.GetDirectories($"/proc/{pid}/task").Sum(task => Sum($"{task}/status", "voluntary_ctxt_switches:"));

    private static double Sum(string path, params string[] names) =>
        (from line in File.ReadLines(path)
         let fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
         where fields.Length > 1 && names.Contains(fields[0])
         select double.Parse(fields[1], CultureInfo.InvariantCulture)).Sum();
}
