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

    /// <summary>
    /// Of how many processes without a terminal the open files are read, some 50 us each: a request waits. An end that nobody has, because
    /// another user's process holds it, is looked for in all of them.
    /// </summary>
    private const int MaxRead = 2_000;

    public static IReadOnlyList<MultiplexerClient> Read(int server)
    {
        HashSet<ulong> peers = PeersOf(server);
        return peers.Count == 0 ? [] : Read(server, peers, ProcessList.ReadOf(CurrentProcess.Uid));
    }

    /// <param name="peers">The other ends. The search is over when each is found.</param>
    /// <param name="processes">Where it looks: first at those with a terminal, because they are few, then at those that come last.</param>
    internal static IReadOnlyList<MultiplexerClient> Read(int server, HashSet<ulong> peers, IEnumerable<int> processes)
    {
        var clients = new List<MultiplexerClient>();
        foreach ((int pid, int terminal) in TerminalsFirst(processes, server))
        {
            ulong[] held = [.. ProcessDescriptors.SocketsOf(pid).Where(peers.Contains)];
            if (held.Length > 0 && !ProcessAncestors.Of(pid).Any(above => above.Pid == server))
            {
                clients.Add(new MultiplexerClient(pid, TerminalDevice.NameOf(terminal)) { IsPeer = true, ShowsCallersWindow = true });
            }

            peers.ExceptWith(held);
            if (peers.Count == 0)
            {
                break;
            }
        }

        return clients;
    }

    private static IEnumerable<(int Pid, int Terminal)> TerminalsFirst(IEnumerable<int> processes, int server)
    {
        var others = new List<int>();
        foreach (int pid in processes)
        {
            if (pid != server && ProcessStat.TryRead(pid, out ProcessStat process))
            {
                if (process.HasTerminal)
                {
                    yield return (pid, process.Terminal);
                }
                else
                {
                    others.Add(pid);
                }
            }
        }

        for (int i = others.Count - 1; i >= Math.Max(0, others.Count - MaxRead); i--)
        {
            yield return (others[i], 0);
        }
    }

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
