using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Probing;

/// <summary>Programs of this user that are connected to an agent's own socket, past fairlead: rules and the log do not see them.</summary>
/// <param name="Pid">Of the program.</param>
/// <param name="Command">As it names itself.</param>
/// <param name="Socket">The agent's.</param>
internal sealed record DirectClient(int Pid, string Command, string Socket)
{
    /// <summary>For the connections, and then for each slice of processes; a person waits for the report.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Those that are connected at this moment. The server's end of a connection may be root's (sshd), so fairlead looks for the other end
    /// among the processes of this user, a slice at a time.
    /// </summary>
    /// <param name="sockets">The paths at which agents listen.</param>
    public static async ValueTask<IReadOnlyList<DirectClient>> FindAsync(BlockingWorker worker, IReadOnlySet<string> sockets)
    {
        if (await worker.RunAsync(() => OthersOf(sockets), Deadline) is not { Count: > 0 } peers)
        {
            return [];
        }

        (List<DirectClient> found, _) = await new ChunkedWork<int, DirectClient>(worker, pid => Look(pid, peers)) { Deadline = Deadline }.AskAsync(ProcessList.Read());
        return [.. found.OrderBy(client => client.Pid)];
    }

    private static DirectClient? Look(int pid, Dictionary<ulong, string> peers)
    {
        string? socket = ProcessStatus.MayBeOf(pid, CurrentProcess.Uid)
            ? ProcessDescriptors.SocketsOf(pid).Select(inode => peers.GetValueOrDefault(inode)).FirstOrDefault(path => path is not null)
            : null;
        return socket is null ? null : new DirectClient(pid, ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Command : "", socket);
    }

    private static Dictionary<ulong, string> OthersOf(IReadOnlySet<string> sockets)
    {
        Dictionary<ulong, string> peers = PeersOf(UnixSocketTable.ListAccepted(sockets));
        foreach (ulong own in ProcessDescriptors.SocketsOf(CurrentProcess.Pid))
        {
            peers.Remove(own); // otherwise one conversation of ours would have all processes read
        }

        return peers;
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
