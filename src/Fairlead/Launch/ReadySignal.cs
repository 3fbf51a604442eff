namespace Fairlead.Launch;

/// <summary>
/// What a daemon in the making writes to the pipe of whoever started it: one byte, once. It finds the pipe by its environment.
/// </summary>
internal static class ReadySignal
{
    /// <summary>Both sockets listen.</summary>
    public const byte Listening = (byte)'L';

    /// <summary>Another instance holds the lock; this one ends.</summary>
    public const byte AlreadyRunning = (byte)'A';
}
