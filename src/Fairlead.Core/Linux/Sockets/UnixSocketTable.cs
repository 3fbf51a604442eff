using System.Text;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// The paths at which processes listen, and the connections there, from /proc/net/unix (proc_net(5)), without connecting to any.
/// </summary>
/// <remarks>
/// Only for reports, and to know where to ask: anyone's path may contain a line feed, and after it text that looks like a line. If a
/// decision depends on it, ask the kernel, socket by socket (<see cref="SocketDiagnosis"/>). A path is the one to which the socket was
/// bound; the file may have been renamed since.
/// </remarks>
internal static class UnixSocketTable
{
    /// <summary>Bytes at a time, some six hundred sockets.</summary>
    private const int ChunkLength = 64 * 1024;

    /// <summary>
    /// The state of a socket that is not connected, whether it listens or not, in hexadecimal (SS_UNCONNECTED of linux/net.h).
    /// </summary>
    private const string Unconnected = "01";

    /// <summary>__SO_ACCEPTCON of linux/net.h: it listens.</summary>
    private const string Listening = "00010000";

    /// <summary>The state of a socket that is connected, in hexadecimal (SS_CONNECTED of linux/net.h).</summary>
    private const string Connected = "03";

    public static HashSet<string> ListListening() => [.. Lines().SelectMany(lines => lines).Select(PathOf).OfType<string>()];

    /// <summary>The inodes of accepted sockets, each with the path of the socket that accepted it.</summary>
    public static IReadOnlyList<(uint Inode, string Path)> ListAccepted(IReadOnlySet<string> paths) =>
        [.. from lines in Lines() from line in lines let accepted = AcceptedIn(line) where accepted.Inode > 0 && paths.Contains(accepted.Path) select accepted];

    /// <summary>As many as there are, a line each: Num RefCount Protocol Flags Type St Inode Path.</summary>
    private static IEnumerable<string[]> Lines()
    {
        int descriptor = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/proc/net/unix", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        if (descriptor < 0)
        {
            yield break;
        }

        byte[] buffer = new byte[ChunkLength];
        int kept = 0;
        for (int read; (read = Descriptor.Read(descriptor, buffer.AsSpan(kept))) > 0;)
        {
            int length = kept + read;
            int end = buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
            yield return Encoding.UTF8.GetString(buffer, 0, end).Split('\n');
            kept = length - end < buffer.Length ? length - end : 0;
            buffer.AsSpan(end, kept).CopyTo(buffer);
        }

        Descriptor.Close(descriptor);
    }

    private static (uint Inode, string Path) AcceptedIn(string line) =>
        line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, _, Connected, var inode, ['/', ..] path] && uint.TryParse(inode, out uint number)
            ? (number, path)
            : default;

    private static string? PathOf(string line) =>
        line.Split(' ', 8, StringSplitOptions.RemoveEmptyEntries) is [_, _, _, Listening, _, Unconnected, _, ['/', ..] path] ? path : null;
}
