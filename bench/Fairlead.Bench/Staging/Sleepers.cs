using System.Globalization;

namespace Fairlead.Bench.Staging;

/// <summary>Processes that do nothing but be there.</summary>
internal static class Sleepers
{
    /// <returns>How many there are: fewer than asked for where the limits of the machine end it.</returns>
    public static int Start(Stage stage, int count)
    {
        string ready = stage.NewPath("sleepers");
        int most = Math.Min(count, Room());
        _ = stage.Keep(Child.Start(stage.Environment, "perl", Script.Path("sleepers.pl"), $"{most}", ready));
        Await.Until(() => File.Exists(ready), "the sleeping processes", stage.Stop);
        return int.Parse(File.ReadAllText(ready), CultureInfo.InvariantCulture);
    }

    /// <summary>Half of what the machine has left is for others.</summary>
    private static int Room()
    {
        int most = int.Parse(File.ReadAllText("/proc/sys/kernel/pid_max"), CultureInfo.InvariantCulture);
        foreach (string limit in new[] { "/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max" })
        {
            if (File.Exists(limit) && int.TryParse(File.ReadAllText(limit), CultureInfo.InvariantCulture, out int ofGroup))
            {
                most = Math.Min(most, ofGroup);
            }
        }

        return most / 2;
    }
}
