using System.Text;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>The paths that somebody listens at, as /proc/net/unix tells (proc_net(5)). Nobody is connected to.</summary>
/// <remarks>
/// For reports only: anybody's path may have a line feed in it, and behind it what looks like a line. What something depends on is asked of the kernel,
/// socket by socket (<see cref="SocketDiagnosis"/>).
/// </remarks>
internal static class UnixSocketTable
{
    /// <summary>Some ten thousand sockets.</summary>
    private const int MaxLength = 1 << 20;

    /// <summary>The state of a socket that is not connected, whether it listens or not, in hexadecimal (SS_UNCONNECTED of linux/net.h).</summary>
    private const string Unconnected = "01";

    /// <summary>__SO_ACCEPTCON of linux/net.h: it listens.</summary>
    private const string Listening = "00010000";

    /// <summary>Num RefCount Protocol Flags Type St Inode Path.</summary>
    public static HashSet<string> ListListening()
    {
        byte[] buffer = new byte[MaxLength];
        int length = SmallFile.Read("/proc/net/unix", buffer);
        return
        [
            .. Encoding.UTF8.GetString(buffer, 0, Math.Max(length, 0)).Split('\n')
                .Select(line => line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields is [_, _, _, Listening, _, Unconnected, _, ['/', ..]])
                .Select(fields => fields[7]),
        ];
    }
}
