using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

/// <summary>The folders in which multiplexers keep the sockets of their servers, separate for each user.</summary>
/// <remarks>Lists folders, and those of a home may be on another machine: run on the worker.</remarks>
internal sealed record MultiplexerFolders(IReadOnlyList<string> Folders, IReadOnlyList<string> Sockets)
{
    /// <summary>Of all folders together; nobody has as many sessions.</summary>
    private const int MaxSockets = 64;

    private const int MaxFolders = 8;

    /// <summary>
    /// The folders that exist now. Those on a file server are left out: no event reports who attaches on other hosts, and the server may
    /// not answer.
    /// </summary>
    public static MultiplexerFolders Read() => Read(Usual());

    public static MultiplexerFolders Read(IEnumerable<string> candidates)
    {
        string[] folders = [.. candidates.Where(IsOurs).Take(MaxFolders)];
        return new MultiplexerFolders(folders, [.. folders.SelectMany(SocketsIn).Take(MaxSockets)]);
    }

    private static IEnumerable<string> Usual()
    {
        string home = Environment.GetEnvironmentVariable("HOME") is ['/', ..] named ? named : "/";
        return MultiplexerSearch.All.SelectMany(multiplexer => multiplexer.SocketFolders(home));
    }

    private static bool IsOurs(string folder) =>
        FileStatus.TryRead(folder, out FileStatus status) >= 0 && status.Kind == FileKind.Directory && status.Uid == CurrentProcess.Uid
        && !FileSystem.MayBlock(folder);

    private static IEnumerable<string> SocketsIn(string folder) =>
        from path in OpenDirectory.PathsIn(folder, ""u8)
        where FileStatus.TryRead(path, out FileStatus status) >= 0 && MultiplexerSocket.IsOurs(status)
        select path;
}
