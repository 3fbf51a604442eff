namespace Fairlead.Output;

/// <summary>What fairlead's exit codes mean. Scripts rely on them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>No live agent, or what was asked for did not work.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration cannot be understood.</summary>
    public const int Usage = 2;

    public const int DaemonNotReachable = 3;

    /// <summary>A rule of the configuration forbids it.</summary>
    public const int Denied = 4;
}
