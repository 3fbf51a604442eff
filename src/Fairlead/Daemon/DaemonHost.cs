using Fairlead.Setup;

namespace Fairlead.Daemon;

/// <summary>The life of the daemon process.</summary>
internal static class DaemonHost
{
    /// <param name="placements">Where it may listen; the first that will hold a socket is taken.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Configuration configuration, Placements placements)
    {
        _ = configuration;
        _ = placements;
        return 1;
    }
}
