using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Multiplexers;

/// <summary>The folders in which multiplexers keep the sockets of their servers, each user's their own.</summary>
/// <remarks>Lists folders, and those of a home may be on another machine: on the worker.</remarks>
internal sealed record MultiplexerFolders(IReadOnlyList<string> Folders, IReadOnlyList<string> Sockets)
{
    /// <summary>Of all folders together; nobody has as many sessions.</summary>
    private const int MaxSockets = 64;

    private const int MaxFolders = 8;

    /// <summary>Those there are now. What is on a file server is left out: nobody tells who attaches on other hosts, and it may not answer.</summary>
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
