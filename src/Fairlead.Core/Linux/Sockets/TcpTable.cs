using System.Globalization;
using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// The TCP sockets of this machine, as /proc/PID/net/tcp and tcp6 list them (proc_pid_net(5)): it shows which process serves a client on
/// the machine itself.
/// </summary>
internal sealed class TcpTable
{
    private const string Established = "01";
    private const string Listening = "0A";

    private readonly Dictionary<ulong, int> listening = [];
    private readonly Dictionary<ulong, int> fromHere = [];

    /// <summary>
    /// The table of the network that a process sees. Blocks for some milliseconds on a machine with many connections: run on the worker.
    /// </summary>
    public static TcpTable Read(int pid)
    {
        var table = new TcpTable();
        foreach (string name in (string[])["tcp", "tcp6"])
        {
            table.Add(SmallFile.ReadAll($"/proc/{pid}/net/{name}") is { } text ? Encoding.ASCII.GetString(text) : "");
        }

        return table;
    }

    /// <summary>Whether one process has accepted a connection that came from this machine: the process also listens at its port.</summary>
    /// <param name="sockets">The inodes of all sockets of the process.</param>
    public bool ServesFromHere(IReadOnlyCollection<ulong> sockets)
    {
        HashSet<int> ports = [.. from inode in sockets where listening.ContainsKey(inode) select listening[inode]];
        return sockets.Any(inode => fromHere.TryGetValue(inode, out int port) && ports.Contains(port));
    }

    /// <summary>
    /// A line for each socket: number, local and remote address, state, and as the tenth field the inode. The first line is a heading.
    /// </summary>
    internal void Add(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 10 && PortOf(fields[1]) is int port
                && ulong.TryParse(fields[9], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
            {
                Add(inode, port, remote: fields[2], state: fields[3]);
            }
        }
    }

    private void Add(ulong inode, int port, string remote, string state)
    {
        if (state == Listening)
        {
            listening[inode] = port;
        }
        else if (state == Established && IsLoopback(remote))
        {
            fromHere[inode] = port;
        }
    }

    /// <summary>ADDRESS:PORT, both in hexadecimal.</summary>
    private static int? PortOf(string address) =>
        address.Split(':') is [_, var port] && int.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>127.0.0.0/8, also as IPv6 writes it, or ::1. Addresses are written in 32-bit words of this machine's byte order.</summary>
    private static bool IsLoopback(string address)
    {
        string host = address.Split(':')[0];
        bool isMapped = host.Length == 8 || host.StartsWith("0000000000000000FFFF0000", StringComparison.Ordinal);
        return (isMapped && host.EndsWith("7F", StringComparison.Ordinal)) || host == "00000000000000000000000001000000";
    }
}
