using System.Globalization;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The processes that /proc shows.</summary>
internal static class ProcessList
{
    /// <summary>The pids, in no order. Reading a process then takes some 10 us of processor time, so callers limit how many.</summary>
    public static IEnumerable<int> Read()
    {
        if (OpenDirectory.TryOpen("/proc", out OpenDirectory? folder) < 0)
        {
            yield break;
        }

        List<DirectoryEntry> entries;
        using (folder)
        {
            entries = folder!.EntriesWith(""u8);
        }

        foreach (DirectoryEntry entry in entries)
        {
            if (int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                yield return pid;
            }
        }
    }
}
