using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Finds out who connected: climbs from its pid towards the login it belongs to.</summary>
internal static class CallerReader
{
    /// <summary>Deeper trees of processes exist only as mistakes.</summary>
    private const int MaxAncestors = 64;

    private const int Init = 1;

    /// <param name="acceptedAt">
    /// When the connection was accepted, in clock ticks since boot: a process that started later has only inherited the pid.
    /// </param>
    public static Caller Read(int pid, ulong acceptedAt)
    {
        var ancestors = new List<int>();
        int next = pid;
        while (next > Init && ancestors.Count < MaxAncestors && ProcessStat.TryRead(next, out ProcessStat stat))
        {
            if (ancestors.Count == 0 && stat.Started > acceptedAt)
            {
                return Caller.Unknown with { Pid = pid };
            }

            if (Multiplexer.IsServer(stat))
            {
                break;
            }

            ancestors.Add(next);
            next = stat.Parent;
        }

        // With hidepid the login's process cannot be read, but its pid is known, and may be all that is asked for.
        if (ancestors.Count > 0 && next > Init && !ProcessStat.TryRead(next, out _))
        {
            ancestors.Add(next);
        }

        return new Caller(pid, ancestors, null);
    }

    /// <summary>
    /// The address that the caller's environment names; null of a caller that is gone, whose pid may be another's now. May block: ask on the
    /// fact thread.
    /// </summary>
    public static string? ReadClientAddress(Caller caller) =>
        caller.Ancestors.Count > 0 ? ConnectionVariable.ClientAddressIn(ProcessFile.ReadEnvironment(caller.Pid)) : null;
}
