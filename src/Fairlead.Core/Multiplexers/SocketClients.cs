using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// The clients of any server with a unix socket: the processes at the other end of the connections that it has accepted. Clients on
/// terminals show a session of dtach, abduco, zellij or emacs; those without connect to an editor's or coding agent's server, through
/// <c>ssh -T host proxy</c>. Connections that the server itself makes (to a bus, its agent) say nothing, and neither do its own children.
/// </summary>
internal static class SocketClients
{
    /// <summary>How many sockets of the server are asked about, some microseconds each.</summary>
    private const int MaxSockets = 128;

    /// <summary>How many processes are read, some 10 us each, and of how many the open files, some 50 us each.</summary>
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
