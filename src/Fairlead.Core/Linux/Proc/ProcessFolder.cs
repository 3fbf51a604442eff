using System.Globalization;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>Whether /proc speaks of the processes that the kernel's numbers mean to us.</summary>
internal static class ProcessFolder
{
    private static readonly Lazy<bool> IsOfOurNamespace = new(() =>
        !SymbolicLink.TryRead("/proc/self", out string self) || self == CurrentProcess.Pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// False where /proc is that of another pid namespace, as "unshare --pid" without "--mount-proc" leaves it: a pid from a socket then names
    /// another process there. It is mounted once and for all, and asked once.
    /// </summary>
    public static bool IsOurs => IsOfOurNamespace.Value;

    /// <summary>
    /// Whether a process has a pid namespace of its own below ours (a container): the pids that it knows are not ours. Its NSpid line has a number for
    /// each namespace (proc_pid_status(5)).
    /// </summary>
    /// <param name="pid">In our namespace; 0 for a process of one that is not below ours.</param>
    public static bool IsInAnotherNamespace(int pid) => pid == 0 || ProcessStatus.Values(pid, "NSpid").Length > 1;
}
