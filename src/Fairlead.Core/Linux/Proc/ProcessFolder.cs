using System.Globalization;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>Whether the pids in /proc mean the same processes as the pids that the kernel gives us.</summary>
internal static class ProcessFolder
{
    private static readonly Lazy<bool> IsOfOurNamespace = new(() =>
        !SymbolicLink.TryRead("/proc/self", out string self) || self == CurrentProcess.Pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// False if /proc belongs to another pid namespace, as "unshare --pid" without "--mount-proc" leaves it: a pid from a socket then names
    /// another process there. The mount does not change, so this is asked once.
    /// </summary>
    public static bool IsOurs => IsOfOurNamespace.Value;

    /// <summary>
    /// Whether a process has a pid namespace of its own below ours (a container): its pids are not ours. Its NSpid line has a number for
    /// each namespace (proc_pid_status(5)).
    /// </summary>
    /// <param name="pid">In our namespace; 0 for a process of a namespace that is not below ours.</param>
    public static bool IsInAnotherNamespace(int pid) => pid == 0 || ProcessStatus.Values(pid, "NSpid").Length > 1;
}
