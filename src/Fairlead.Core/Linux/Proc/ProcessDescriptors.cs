using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>
/// The descriptors that a process of ours holds open, as /proc/PID/fd names them: paths, and "socket:[INODE]" (proc_pid_fd(5)).
/// </summary>
internal static class ProcessDescriptors
{
    private const string SocketPrefix = "socket:[";

    /// <returns>Nothing for a process that is gone or belongs to somebody else.</returns>
    public static IReadOnlyList<string> Read(int pid)
    {
        if (OpenDirectory.TryOpen($"/proc/{pid}/fd", out OpenDirectory? folder) < 0)
        {
            return [];
        }

        var targets = new List<string>();
        using (folder)
        {
            foreach (DirectoryEntry entry in folder!.EntriesWith(""u8))
            {
                if (SymbolicLink.TryRead($"/proc/{pid}/fd/{entry.Name}", out string target))
                {
                    targets.Add(target);
                }
            }
        }

        return targets;
    }

    /// <summary>The inodes of all its sockets.</summary>
    public static IReadOnlyCollection<ulong> SocketsOf(int pid) =>
        [.. Read(pid).Select(target => TryParseSocket(target, out ulong inode) ? inode : 0).Where(inode => inode > 0)];

    /// <summary>False for a process that is gone or belongs to somebody else.</summary>
    public static bool CanRead(int pid)
    {
        int opened = OpenDirectory.TryOpen($"/proc/{pid}/fd", out OpenDirectory? folder);
        folder?.Dispose();
        return opened >= 0;
    }

    /// <summary>The inode of a socket among such targets.</summary>
    public static bool TryParseSocket(string target, out ulong inode)
    {
        inode = 0;
        return target.StartsWith(SocketPrefix, StringComparison.Ordinal) && target[^1] == ']'
            && ulong.TryParse(target.AsSpan(SocketPrefix.Length..^1), System.Globalization.CultureInfo.InvariantCulture, out inode);
    }
}
