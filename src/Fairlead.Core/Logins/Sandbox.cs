using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// Distinguishes processes in a container or a sandbox of this user from those that belong to a login. A process inside may use agents, but
/// it may neither be one nor decide which one answers outside: it would get the next key that is added there.
/// </summary>
internal static class Sandbox
{
    /// <summary>
    /// Whether a process is in other mount, pid or user namespaces than this one for another reason than its login: pam_namespace gives
    /// each login a mount namespace.
    /// </summary>
    /// <returns>Null if that cannot be seen: the process is gone, hidden (hidepid) or has no pid here.</returns>
    public static bool? Holds(int pid) =>
        ProcessNamespaces.Of(pid) is { } theirs ? theirs != ProcessNamespaces.Of(CurrentProcess.Pid) && !IsLogins(pid, theirs) : null;

    /// <summary>
    /// Anyone can take the name, and any process of root's may have started a container. But no sandbox has sshd's monitor, a process of
    /// root's, above the session process and in the same namespaces.
    /// </summary>
    private static bool IsLogins(int pid, ProcessNamespaces theirs)
    {
        foreach (ProcessStat above in ProcessAncestors.Of(pid))
        {
            if (IsOfSshd(above))
            {
                return ProcessNamespaces.Of(above.Pid) == theirs
                    && ProcessNamespaces.Of(above.Parent) == theirs
                    && ProcessStat.TryRead(above.Parent, out ProcessStat monitor)
                    && IsOfSshd(monitor)
                    && ProcessStatus.IsOf(above.Parent, 0);
            }
        }

        return false;
    }

    private static bool IsOfSshd(ProcessStat process) => process.Command is "sshd" or "sshd-session";
}
