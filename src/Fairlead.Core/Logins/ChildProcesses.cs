using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// The children of processes that may be hidden. With hidepid (proc(5)) fairlead can read nothing of a login's session process, which sshd
/// keeps from being traced, but everything of the shells below it.
/// </summary>
/// <remarks>For one round of questions, because it remembers what it found. On the worker.</remarks>
internal sealed class ChildProcesses
{
    private ILookup<int, int>? byParent;

    /// <summary>Nothing for a process that is gone, or of another pid namespace.</summary>
    public IEnumerable<int> Of(int pid) => pid > 0 ? Named(pid) ?? (byParent ??= Search())[pid] : [];

    /// <summary>The children of all threads of a process; null when they cannot be read.</summary>
    internal static int[]? Named(int pid)
    {
        if (OpenDirectory.TryOpen($"/proc/{pid}/task", out OpenDirectory? threads) < 0)
        {
            return null;
        }

        using (threads)
        {
            int[]?[] ofThreads = [.. threads!.EntriesWith(""u8).Where(thread => char.IsAsciiDigit(thread.Name[0])).Select(thread => OfThread(pid, thread.Name))];
            return ofThreads.Length == 0 || ofThreads.Contains(null) ? null : [.. ofThreads.SelectMany(children => children!)];
        }
    }

    /// <summary>
    /// /proc/PID/task/TID/children: the pids, separated by spaces (proc_pid_task(5), CONFIG_PROC_CHILDREN); null when not all of it
    /// can be read.
    /// </summary>
    private static int[]? OfThread(int pid, string thread)
    {
        byte[]? children = SmallFile.ReadAll($"/proc/{pid}/task/{thread}/children");
        return children is null || children.Length == SmallFile.MaxLength
            ? null
            : [.. Encoding.ASCII.GetString(children)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.TryParse(child, CultureInfo.InvariantCulture, out int number) ? number : 0)
                .Where(number => number > 0)];
    }

    /// <summary>With hidepid only the person's own processes are visible; without it, only a kernel that names no children needs this, or a process with very many.</summary>
    private static ILookup<int, int> Search() =>
        (from pid in ProcessList.ReadOf(CurrentProcess.Uid)
         let stat = ProcessStat.TryRead(pid, out ProcessStat read) ? read : default
         where stat.Pid > 0
         select stat).ToLookup(stat => stat.Parent, stat => stat.Pid);
}
