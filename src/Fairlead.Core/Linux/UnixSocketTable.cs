using System.Globalization;
using System.Text;

namespace Fairlead.Core.Linux;

/// <summary>The unix sockets of the machine that have a path and are listened at (/proc/net/unix, proc(5)).</summary>
internal static class UnixSocketTable
{
    /// <summary>Some ten thousand sockets; what lies beyond is not found.</summary>
    private const int MaxLength = 1024 * 1024;

    /// <summary>__SO_ACCEPTCON: somebody called listen().</summary>
    private const string Listening = "00010000";

    /// <summary>The path that one of these sockets listens at.</summary>
    public static string? FindListening(IReadOnlySet<ulong> inodes)
    {
        byte[] buffer = new byte[MaxLength];
        int length = ProcessFile.Read("/proc/net/unix", buffer);
        return length <= 0 ? null : FindListening(Encoding.UTF8.GetString(buffer, 0, length), inodes);
    }

    /// <summary>Every path that somebody listens at, as it was bound.</summary>
    public static HashSet<string> ListListening()
    {
        byte[] buffer = new byte[MaxLength];
        int length = ProcessFile.Read("/proc/net/unix", buffer);
        return
        [
            .. Encoding.UTF8.GetString(buffer, 0, Math.Max(length, 0)).Split('\n')
                .Select(line => line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields is [_, _, _, Listening, _, _, _, ['/', ..]])
                .Select(fields => fields[7]),
        ];
    }

    /// <summary>Num RefCount Protocol Flags Type St Inode Path.</summary>
    internal static string? FindListening(string table, IReadOnlySet<ulong> inodes)
    {
        foreach (string line in table.Split('\n'))
        {
            string[] fields = line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries);
            if (fields is [_, _, _, Listening, _, _, var inode, ['/', ..] path]
                && ulong.TryParse(inode, CultureInfo.InvariantCulture, out ulong number) && inodes.Contains(number))
            {
                return path;
            }
        }

        return null;
    }
}
