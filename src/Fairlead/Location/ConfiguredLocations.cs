using Fairlead.Core.Linux.Files;
using Fairlead.Settings;

namespace Fairlead.Location;

/// <summary>The placements that the configuration leads to, reading it only when there is one.</summary>
internal static class ConfiguredLocations
{
    /// <summary>
    /// With a configuration that cannot be read, the usual places: a daemon that was started before the mistake may listen there, and a login
    /// that does not find it would keep a socket that goes stale.
    /// </summary>
    public static SocketLocations Find(Surroundings around)
    {
        string? file = ConfigurationFile.PathIn(around);
        if (file is null || FileStatus.TryReadTarget(file, out _) < 0)
        {
            return SocketLocations.Find(around);
        }

        return SocketLocations.Find(around, ConfigurationFile.Load(file, around).Configuration?.Socket);
    }
}
