using System.Globalization;

namespace Fairlead.Bench.Staging;

/// <summary>Processes that do nothing but be there.</summary>
internal static class Sleepers
{
    /// <summary>What the bench leaves to others.</summary>
    private const int Reserve = 4096;

    /// <returns>How many there are: fewer than asked for where the limits of the machine end it.</returns>
    public static int Start(Stage stage, int count)
    {
        string ready = stage.NewPath("sleepers");
        int most = Math.Clamp(Room(), 0, count);
        _ = stage.Keep(Child.Start(stage.Environment, stage.Options.Sleepers, $"{most}", ready));
        Await.Until(() => new FileInfo(ready) is { Exists: true, Length: > 0 }, "the sleeping processes", stage.Stop);
        return int.Parse(File.ReadAllText(ready), CultureInfo.InvariantCulture);
    }

    private static int Room() => (int)Math.Min(int.MaxValue, Limits().Min() - Existing() - Reserve);

    private static IEnumerable<long> Limits()
    {
        string[] paths =
            ["/proc/sys/kernel/pid_max", "/proc/sys/kernel/threads-max", "/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max"];
        foreach (string path in paths.Where(File.Exists))
        {
            if (long.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out long limit))
            {
                yield return limit;
            }
        }

        string ofUser = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max processes", StringComparison.Ordinal));
        if (long.TryParse(ofUser.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], CultureInfo.InvariantCulture, out long soft))
        {
            yield return soft;
        }
    }

    /// <summary>All threads of the machine: the number after the slash in loadavg (proc_loadavg(5)).</summary>
    private static long Existing() => long.Parse(File.ReadAllText("/proc/loadavg").Split(' ', '/')[4], CultureInfo.InvariantCulture);
}
