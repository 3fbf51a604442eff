using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Files;

namespace Fairlead.Doctor;

/// <summary>Finds out which systemd unit the daemon runs in, and what logind does with it, from files alone.</summary>
/// <param name="root">The root of the file system.</param>
internal sealed partial class UnitReader(string root)
{
    private static readonly string[] Folders = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"];

    /// <summary>Null where the daemon is neither in the scope of a login nor in a unit of the person's own systemd.</summary>
    public DaemonUnit? Read(int pid, string user)
    {
        Match unit = Unit().Match(TextFile.Read($"{root}/proc/{pid.ToString(CultureInfo.InvariantCulture)}/cgroup") ?? "");
        return unit.Success
            ? new DaemonUnit(unit.Value, unit.Groups["login"].Success, KillsUserProcesses(), File.Exists($"{root}/var/lib/systemd/linger/{user}"))
            : null;
    }

    /// <summary>The last setting counts, the drop-ins of all folders in the order of their names; without any, the default that the shipped file shows in a comment.</summary>
    private bool KillsUserProcesses()
    {
        string[] main = [.. Folders.Select(folder => $"{root}{folder}/logind.conf").Where(File.Exists).Take(1)];
        IEnumerable<string> dropIns = Folders
            .SelectMany(folder => TextFile.Matching($"{root}{folder}/logind.conf.d/*.conf"))
            .DistinctBy(Path.GetFileName)
            .OrderBy(Path.GetFileName, StringComparer.Ordinal);
        Match[] settings = [.. main.Concat(dropIns).SelectMany(file => Setting().Matches(TextFile.Read(file) ?? ""))];
        Match? last = settings.LastOrDefault(setting => !setting.Groups["comment"].Success) ?? settings.LastOrDefault();
        return last?.Groups["value"].Value is "yes" or "true" or "on" or "1";
    }

    [GeneratedRegex(@"(?<login>session-[^/\s]+\.scope)|user@\d+\.service")]
    private static partial Regex Unit();

    [GeneratedRegex(@"^(?<comment>#\s*)?KillUserProcesses\s*=\s*(?<value>\w+)", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
