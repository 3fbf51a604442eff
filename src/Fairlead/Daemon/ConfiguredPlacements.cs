using Fairlead.Core.Linux;
using Fairlead.Setup;

namespace Fairlead.Daemon;

/// <summary>The placements that the configuration leads to, reading it only when there is one.</summary>
internal static class ConfiguredPlacements
{
    /// <summary>Null when the configuration cannot be read: it may name another socket, so none is right.</summary>
    public static Placements? Find(Surroundings around)
    {
        string? file = ConfigurationFile.PathIn(around);
        if (file is null || FileStatus.TryReadTarget(file, out _) < 0)
        {
            return Placements.Find(around);
        }

        return ConfigurationFile.Load(file, around).Configuration is { } configuration ? Placements.Find(around, configuration.Socket) : null;
    }
}
