using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>
/// The namespaces that a container or a sandbox consists of, as far as /proc shows them to everybody, also for root's processes and those
/// that may not be traced: /proc/PID/ns is only for those who may trace.
/// </summary>
/// <param name="Mount">
/// The id of the first mount that the process sees: each mount is in one namespace (proc_pid_mountinfo(5)). A process in a chroot also has
/// another one.
/// </param>
/// <param name="PidDepth">In how many pid namespaces, from ours on, it has a pid: 1 is ours (NSpid, proc_pid_status(5), Linux 4.1).</param>
/// <param name="UserMap">
/// The mapping of user ids, for a reader in our user namespace (user_namespaces(7)); empty if the kernel has none.
/// </param>
internal readonly record struct ProcessNamespaces(long Mount, int PidDepth, string UserMap)
{
    /// <returns>Null when the process is gone or hidden, or has no pid here.</returns>
    public static ProcessNamespaces? Of(int pid)
    {
        Span<byte> mounts = stackalloc byte[32];
        Span<byte> map = stackalloc byte[256];
        int length = pid > 0 ? SmallFile.Read($"/proc/{pid}/mountinfo", mounts) : -1;
        int mapped = pid > 0 ? SmallFile.Read($"/proc/{pid}/uid_map", map) : -1;
        int end = length > 0 ? mounts[..length].IndexOf((byte)' ') : -1;
        return end > 0 && long.TryParse(mounts[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long mount)
            ? new ProcessNamespaces(mount, Math.Max(1, ProcessStatus.Values(pid, "NSpid").Length), Encoding.ASCII.GetString(map[..Math.Max(0, mapped)]))
            : null;
    }
}
