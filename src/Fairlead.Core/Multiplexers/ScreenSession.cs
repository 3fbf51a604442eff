using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Multiplexers;

/// <summary>A session of screen as its socket shows it: "PID.NAME", with the owner's x bit while somebody is attached.</summary>
internal sealed record ScreenSession(int Server, string Name, bool IsAttached)
{
    /// <summary>Of all folders together; nobody has as many.</summary>
    private const int MaxSessions = 64;

    /// <summary>
    /// The sessions with sockets in these folders. On the worker; file servers are left out, because they may not answer.
    /// </summary>
    public static ScreenSession[] Find(IEnumerable<string> folders)
    {
        IEnumerable<ScreenSession> sessions =
            from folder in folders
            where !FileSystem.MayBlock(folder)
            from path in OpenDirectory.PathsIn(folder, ""u8)
            where FileStatus.TryRead(path, out FileStatus status) >= 0 && MultiplexerSocket.IsOurs(status)
            let file = Path.GetFileName(path)
            let server = Screen.ServerPid(file)
            where server > 0
            select new ScreenSession(server, Screen.SessionIn(file, server) ?? "", MultiplexerSocket.IsAttached(path));
        return [.. sessions.Take(MaxSessions)];
    }

    /// <summary>
    /// Whether screen takes a word of a command line for this session: it accepts the beginning of "PID.NAME" or of "NAME" (FindSocket in
    /// screen's socket.c).
    /// </summary>
    public bool IsNamedBy(string word) =>
        Name.StartsWith(word, StringComparison.Ordinal) || FormattableString.Invariant($"{Server}.{Name}").StartsWith(word, StringComparison.Ordinal);
}
