namespace Fairlead.Launch;

/// <summary>
/// What a daemon inherits. It outlives the login that starts it, so nothing of that login may stay in it: not its agent, its display,
/// its terminal or its multiplexer.
/// </summary>
internal static class DaemonEnvironment
{
    private static readonly string[] Kept =
    [
        "HOME", "PATH", "USER", "LOGNAME", "SHELL", "LANG", "TZ",
        "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    ];

    private static readonly string[] KeptPrefixes = ["LC_", "FAIRLEAD_"];

    /// <summary>These are for one command, or for one start.</summary>
    private static readonly string[] Dropped = ["FAIRLEAD_WAIT", StartVariables.Ready, StartVariables.Handover, StartVariables.DoubleFork];

    /// <summary>NAME=value each, in the order of their names.</summary>
    public static string[] From(IEnumerable<KeyValuePair<string, string>> variables) =>
    [
        .. variables
            .Where(variable => IsKept(variable.Key))
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => $"{variable.Key}={variable.Value}"),
    ];

    private static bool IsKept(string name) =>
        !Dropped.Contains(name) && (Kept.Contains(name) || KeptPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
}
