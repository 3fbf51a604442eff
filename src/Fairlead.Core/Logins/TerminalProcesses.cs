using System.Collections.Concurrent;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Logins;

/// <summary>Finds a process with a given controlling terminal: it leads to the login that owns the terminal.</summary>
/// <remarks>The system has no index for this, so it reads all processes; it remembers the result, and verifies it.</remarks>
internal sealed class TerminalProcesses
{
    private const int MaxRemembered = 256;

    /// <summary>For several threads: a stuck one may return while its replacement works.</summary>
    private readonly ConcurrentDictionary<int, ProcessIdentity> known = [];

    /// <returns>A process, if possible the one that started the terminal's session; 0 when there is none.</returns>
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

        ProcessStat best = Search(device, ProcessList.ReadOf(CurrentProcess.Uid));
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

    /// <summary>The session's leader lives as long as the terminal is in use; others may have been reparented.</summary>
    internal static ProcessStat Search(int device, IEnumerable<int> processes)
    {
        ProcessStat best = default;
        foreach (int pid in processes)
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
