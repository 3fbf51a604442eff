using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>Lines of /proc/PID/status (proc_pid_status(5)): readable for every process, unless /proc is mounted with hidepid.</summary>
internal static class ProcessStatus
{
    /// <summary>More than it ever is, except on machines with thousands of processors, whose masks come last.</summary>
    private const int MaxLength = 4096;

    /// <summary>The values of one line, such as the four numbers of "Uid"; empty when the process is gone or hidden.</summary>
    public static string[] Values(int pid, string name)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        int length = ProcessFile.Read($"/proc/{pid}/status", buffer);
        string status = Encoding.UTF8.GetString(buffer[..Math.Max(0, length)]);
        string? line = status.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return line?[(name.Length + 1)..].Split('\t', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    /// <summary>Whose it is, even where /proc gives its files to root because it may not be traced.</summary>
    public static bool IsOf(int pid, uint uid) =>
        Values(pid, "Uid") is [var real, ..] && real == uid.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
