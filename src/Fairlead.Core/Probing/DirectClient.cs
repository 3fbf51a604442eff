using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Probing;

/// <summary>Programs of this user that are connected to an agent's own socket, past fairlead: rules and the log do not see them.</summary>
/// <param name="Pid">Of the program.</param>
/// <param name="Command">As it names itself.</param>
/// <param name="Socket">The agent's.</param>
internal sealed record DirectClient(int Pid, string Command, string Socket)
{
    /// <summary>How many processes are read, some 50 us each.</summary>
    private const int MaxProcesses = 10_000;

    /// <summary>
    /// Those that are connected at this moment. The server's end of a connection may be root's (sshd), so fairlead looks for the other end
    /// among the processes of this user. May block: run on the worker.
    /// </summary>
    /// <param name="sockets">The paths at which agents listen.</param>
    public static IReadOnlyList<DirectClient> Find(IReadOnlySet<string> sockets)
    {
        Dictionary<ulong, string> peers = PeersOf(UnixSocketTable.ListAccepted(sockets));
        foreach (ulong own in ProcessDescriptors.SocketsOf(CurrentProcess.Pid))
        {
            peers.Remove(own); // otherwise one conversation of ours would have all processes read
        }

        return peers.Count == 0 ? [] :
        [
            .. from pid in ProcessList.Read().Take(MaxProcesses)
               let socket = ProcessDescriptors.SocketsOf(pid).Select(inode => peers.GetValueOrDefault(inode)).FirstOrDefault(path => path is not null)
               where socket is not null
               orderby pid
               select new DirectClient(pid, ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Command : "", socket),
        ];
    }

    private static Dictionary<ulong, string> PeersOf(IReadOnlyList<(uint Inode, string Path)> accepted)
    {
        var peers = new Dictionary<ulong, string>();
        using var diagnosis = new SocketDiagnosis();
        foreach ((uint inode, string path) in accepted)
        {
            if (diagnosis.AcceptedPeerOf(inode) is > 0 and var peer)
            {
                peers[peer] = path;
            }
        }

        return peers;
    }
}
