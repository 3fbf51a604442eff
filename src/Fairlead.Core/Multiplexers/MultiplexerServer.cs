using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

/// <summary>The multiplexer that a caller runs in.</summary>
/// <param name="Kind">Which program it is.</param>
/// <param name="PanePid">
/// The caller's ancestor directly below the server: the first process of its pane; the caller itself if it was reparented.
/// </param>
internal sealed record MultiplexerServer(ProcessIdentity Process, Multiplexer Kind, int PanePid)
{
    public int Pid => Process.Pid;

    /// <returns>Null when this process is not running, belongs to somebody else, or is not a server of this multiplexer.</returns>
    public static MultiplexerServer? Find(int pid, Multiplexer kind, int panePid) =>
        pid > 0 && ProcessStat.TryRead(pid, out ProcessStat stat) && kind.IsServer(stat)
        && ProcessStatus.IsOf(pid, CurrentProcess.Uid)
            ? new MultiplexerServer(stat.Identity, kind, panePid)
            : null;
}
