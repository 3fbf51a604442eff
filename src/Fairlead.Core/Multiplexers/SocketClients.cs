using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// The clients of any server that shows itself on terminals (dtach, abduco, zellij, emacsclient): the processes with a terminal at the other end of
/// its unix sockets.
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
        if (peers.Count == 0)
        {
            return [];
        }

        IEnumerable<ProcessStat> onTerminals =
            from pid in ProcessList.Read().Take(MaxProcesses)
            where pid != server
            let stat = ProcessStat.TryRead(pid, out ProcessStat read) ? read : default
            where stat.HasTerminal
            select stat;
        return
        [
            .. from stat in onTerminals.Take(MaxRead)
               where ProcessDescriptors.Read(stat.Pid).Any(target => ProcessDescriptors.TryParseSocket(target, out ulong inode) && peers.Contains(inode))
               select Client(stat),
        ];
    }

    private static MultiplexerClient Client(ProcessStat stat)
    {
        string terminal = TerminalDevice.NameOf(stat.Terminal);
        return new MultiplexerClient(stat.Pid, terminal)
        {
            LastTyped = FileStatus.TryRead("/dev/" + terminal, out FileStatus status) >= 0 ? status.Accessed : null,
            ShowsCallersWindow = true,
        };
    }

    private static HashSet<ulong> PeersOf(int server)
    {
        var peers = new HashSet<ulong>();
        using var diagnosis = new SocketDiagnosis();
        foreach (string target in ProcessDescriptors.Read(server).Where(target => target.StartsWith("socket:", StringComparison.Ordinal)).Take(MaxSockets))
        {
            if (ProcessDescriptors.TryParseSocket(target, out ulong inode) && inode <= uint.MaxValue && diagnosis.PeerOf((uint)inode) is > 0 and var peer)
            {
                peers.Add(peer);
            }
        }

        return peers;
    }
}
