using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.StalePaths;

namespace Fairlead.Daemon;

/// <summary>Where a daemon may listen at old paths, and where it keeps the record of them.</summary>
internal static class StalePathPlaces
{
    /// <summary>A daemon that must not look for agents in a folder also leaves the old paths there alone.</summary>
    public static StalePathPatterns PatternsOf(Configuration configuration, DaemonLocation location)
    {
        Surroundings around = Surroundings.Read();
        bool IsLookedAt(string folder) => configuration.DiscoveryFolders.Contains(folder);
        return new StalePathPatterns(
            IsLookedAt(around.TemporaryFolder) ? around.TemporaryFolder : null,
            around.Home is { } home && IsLookedAt($"{home}/.ssh/agent") ? home : null,
            HostHash.Of(around.HostName))
        {
            OwnPaths = [location.Socket, location.State.Control],
        };
    }

    /// <summary>The record is with the daemon's other files; where the disk is full, another place takes it.</summary>
    public static IReadOnlyList<RecordPlace> RecordsOf(DaemonLocation location, DaemonLocations locations) =>
    [
        .. locations.States.Prepend(location.State).DistinctBy(state => state.Prefix)
            .Select(state => new RecordPlace(state.StalePathRecord, () => state.Folders.Look().IsUsable, () => state.Prepare().IsUsable)),
        .. locations.FormerStates.Select(former => new RecordPlace(former.StalePathRecord, () => former.Folders.Look().IsUsable, () => false)),
    ];

    /// <summary>Whether one of the folders is on a file server.</summary>
    public static bool MayBlock(StalePathPatterns patterns, DaemonLocation location) =>
        new[] { patterns.SharedFolder, patterns.HomeFolder, location.Agent.Folders.Folder, location.State.Folders.Folder }.OfType<string>().Any(FileSystem.MayBlock);
}
