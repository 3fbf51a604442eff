namespace Fairlead.Launch;

/// <summary>How starting the daemon went.</summary>
internal enum StartOutcome
{
    /// <summary>It listens.</summary>
    Listening,

    /// <summary>Another instance was quicker, and holds the lock.</summary>
    AlreadyRunning,

    /// <summary>It lives and has not said anything yet: a slow disk or a busy machine.</summary>
    Late,

    /// <summary>It could not be started, or ended at once.</summary>
    Failed,
}
