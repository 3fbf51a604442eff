using Fairlead.Core.Linux.Files;
using Fairlead.Location;

namespace Fairlead.Setup;

/// <summary>What daemons have left, or will have left when they have ended, in one folder.</summary>
/// <param name="Files">Each of the files that may be there, whether it is or not.</param>
/// <param name="EmptyFolders">As <see cref="SetupStep.EmptyFolders"/>.</param>
internal sealed record DaemonFiles(string Folder, IReadOnlyList<string> Files, string? EmptyFolders)
{
    /// <summary>The places where something is. Of a socket whose path the configuration names the folder is the person's own, and stays.</summary>
    /// <remarks>The list of links is not among them: it is read first.</remarks>
    public static IReadOnlyList<DaemonFiles> Find(IEnumerable<StateLocation> states, IEnumerable<SocketLocation> sockets) =>
    [
        .. states
            .Select(state => new DaemonFiles(
                state.Folders.Folder,
                [state.Control, state.AgentLink, state.StalePathRecord, state.RefreshStamp, state.Log, state.Lock],
                state.Socket is null ? Above(Above(Above(state.Folders.Folder))) : null))
            .Concat(sockets.Select(place => new DaemonFiles(
                place.Folders.Folder, [place.Socket], FoldersAbove(place))))
            .Where(place => place.Files.Any(IsThere) || (place.EmptyFolders is not null && IsEmpty(place.Folder)))
            .DistinctBy(place => place.Files[0]),
    ];

    private static bool IsThere(string path) => FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Kind != FileKind.Directory;

    /// <summary>A daemon that was stopped leaves the folder of its socket.</summary>
    private static bool IsEmpty(string folder) =>
        Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0 }).Any();

    /// <summary>A home that had no ~/.ssh has none again.</summary>
    private static string? FoldersAbove(SocketLocation place) => place.Source switch
    {
        LocationSource.Configuration => null,
        LocationSource.Home => Above(Above(place.Folders.Folder)),
        _ => Above(place.Folders.Folder),
    };

    private static string Above(string folder) => Path.GetDirectoryName(folder) ?? "/";
}
