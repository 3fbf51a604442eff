using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>Climbs from the process of a multiplexer's client towards the login that it was started in.</summary>
internal static class ProcessClimb
{
    /// <summary>Deeper trees of processes exist only by mistake.</summary>
    private const int MaxSteps = 64;

    private const int Init = 1;

    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <param name="beyond">A server to climb past, because no terminal shows it; 0 for none.</param>
    /// <returns>The session process, or 0; and the multiplexer that the client itself runs in, if one comes first.</returns>
    public static (int LoginPid, MultiplexerServer? Multiplexer) FromClient(int pid, LoginPids loginPids, int beyond = 0)
    {
        ProcessStat below = default;
        int next = pid;
        for (int step = 0; step < MaxSteps && next > Init; step++)
        {
            // Checked before the process is read: with hidepid the session process cannot be.
            if (loginPids.Contains(next))
            {
                return (next, null);
            }

            if (!ProcessStat.TryRead(next, out ProcessStat stat))
            {
                break;
            }

            if (step > 0 && next != beyond && MultiplexerSearch.KindOf(stat, below, loginPids) is Multiplexer kind)
            {
                return (0, new MultiplexerServer(stat.Identity, kind, below.Pid));
            }

            if (loginPids.IsBelowServer(stat))
            {
                return (next, null);
            }

            below = stat;
            next = stat.Parent;
        }

        return default;
    }
}
