using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>Lines of /proc/PID/status (proc_pid_status(5)): readable for every process, unless /proc is mounted with hidepid.</summary>
internal static class ProcessStatus
{
    /// <summary>The owner of what a user namespace does not map (user_namespaces(7)).</summary>
    private const uint Nobody = 65534;

    /// <summary>The values of one line, such as the four numbers of "Uid"; empty when the process is gone or hidden.</summary>
    public static string[] Values(int pid, string name) =>
        SmallFile.ReadAll($"/proc/{pid}/status") is { } status ? ValuesIn(Encoding.UTF8.GetString(status), name) : [];

    /// <param name="status">Lines of "Name:" and values, with a tab before each value. The kernel escapes line feeds in names.</param>
    internal static string[] ValuesIn(string status, string name)
    {
        string? line = status.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line?[(name.Length + 1)..].Split('\t', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>
    /// A cheap test before <see cref="IsOf"/>: the folder shows the effective user. That is root for a set-uid program of root, or nobody in
    /// a user namespace without root; one of a third user is missed.
    /// </summary>
    public static bool MayBeOf(int pid, uint uid) =>
        FileStatus.TryRead($"/proc/{pid}", out FileStatus folder) >= 0 && (folder.Uid == uid || folder.Uid is 0 or Nobody);

    /// <summary>The process's user, even if /proc gives its files to root because it may not be traced.</summary>
    public static bool IsOf(int pid, uint uid) =>
        Values(pid, "Uid") is [var real, ..] && real == uid.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
