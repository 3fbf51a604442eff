using System.Collections.Concurrent;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Logins;

/// <summary>Finds a process that a terminal is the controlling one of: it leads to the login that the terminal belongs to.</summary>
/// <remarks>The system has no index for this, so all processes are looked at; what was found is remembered and verified.</remarks>
internal sealed class TerminalProcesses
{
    /// <summary>Some 10 us each: a tenth of a second at the worst.</summary>
    private const int MaxLookedAt = 10_000;

    private const int MaxRemembered = 256;

    /// <summary>For several threads: one that was stuck comes back while its replacement is at work.</summary>
    private readonly ConcurrentDictionary<int, ProcessIdentity> known = [];

    /// <returns>A process, the one that the terminal's session was started with where it is left; 0 when there is none.</returns>
    public int Find(string terminal)
    {
        int device = TerminalDevice.DeviceNumber(terminal);
        if (device == 0)
        {
            return 0;
        }

        if (known.TryGetValue(device, out ProcessIdentity found) && ProcessStat.TryRead(found.Pid, out ProcessStat again)
            && again.Identity == found && again.Terminal == device)
        {
            return found.Pid;
        }

        ProcessStat best = Search(device);
        if (best.Pid > 0)
        {
            if (known.Count >= MaxRemembered)
            {
                known.Clear();
            }

            known[device] = best.Identity;
        }

        return best.Pid;
    }

    /// <summary>The session's leader lives as long as the terminal is anybody's; others may have been reparented.</summary>
    private static ProcessStat Search(int device)
    {
        ProcessStat best = default;
        foreach (int pid in ProcessList.Read().Take(MaxLookedAt))
        {
            if (ProcessStat.TryRead(pid, out ProcessStat stat) && stat.Terminal == device)
            {
                if (stat.Session == stat.Pid)
                {
                    return stat;
                }

                best = best.Pid == 0 ? stat : best;
            }
        }

        return best;
    }
}
