using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// The clients of any server that is reached by a unix socket: the processes at the other end of the connections that it has accepted. Those on terminals are
/// what dtach, abduco, zellij and emacsclient show a session with; those without are what an editor's or coding agent's server is reached by, through
/// <c>ssh -T host proxy</c>. What the server itself connects to (a bus, its agent) says nothing, and neither do its own children.
/// </summary>
internal static class SocketClients
{
    /// <summary>Sockets of the server that are asked about, some microseconds each.</summary>
    private const int MaxSockets = 128;

    /// <summary>Processes that are looked at, some 10 us each, and those of them whose open files are read, some 50 us each.</summary>
    private const int MaxProcesses = 10_000;

    private const int MaxRead = 1_000;

    public static IReadOnlyList<MultiplexerClient> Read(int server)
    {
        HashSet<ulong> peers = PeersOf(server);
        var clients = new List<MultiplexerClient>();
        if (peers.Count == 0)
        {
            return clients;
        }

        foreach (ProcessStat process in Others(server).OrderByDescending(process => process.HasTerminal).Take(MaxRead))
        {
            ulong[] held = [.. ProcessDescriptors.SocketsOf(process.Pid).Where(peers.Contains)];
            if (held.Length > 0 && !ProcessAncestors.Of(process.Pid).Any(above => above.Pid == server))
            {
                clients.Add(new MultiplexerClient(process.Pid, TerminalDevice.NameOf(process.Terminal)) { IsPeer = true, ShowsCallersWindow = true });
            }

            peers.ExceptWith(held);
            if (peers.Count == 0)
            {
                break;
            }
        }

        return clients;
    }

    private static IEnumerable<ProcessStat> Others(int server) =>
        from pid in ProcessList.Read().Take(MaxProcesses)
        where pid != server
        let stat = ProcessStat.TryRead(pid, out ProcessStat read) ? read : default
        where stat.Pid > 0
        select stat;

    private static HashSet<ulong> PeersOf(int server)
    {
        var peers = new HashSet<ulong>();
        using var diagnosis = new SocketDiagnosis();
        foreach (ulong inode in ProcessDescriptors.SocketsOf(server).Where(inode => inode <= uint.MaxValue).Take(MaxSockets))
        {
            if (diagnosis.AcceptedPeerOf((uint)inode) is > 0 and var peer)
            {
                peers.Add(peer);
            }
        }

        return peers;
    }
}
