using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// Finds all logins of this user, also those without an agent, by the titles of sshd's session processes. For reports, not for a choice.
/// </summary>
internal static class LoginSearch
{
    /// <summary>How many processes are read, some 10 us each.</summary>
    private const int MaxLookedAt = 10_000;

    /// <summary>In the order of their pids; with hidepid none is found. May block: run on the worker.</summary>
    public static SortedSet<int> Find() =>
    [
        .. from pid in ProcessList.Read().Take(MaxLookedAt)
           where ProcessStat.TryRead(pid, out ProcessStat stat) && stat.Command is "sshd" or "sshd-session"
               && LoginTitle.Of(pid) is not null
               && ProcessStatus.IsOf(pid, CurrentProcess.Uid)
           select pid,
    ];
}
