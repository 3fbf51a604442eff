using System.Globalization;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Launch;

/// <summary>The pipe of whoever started this daemon and waits for a word; closed when nobody does.</summary>
internal sealed class StarterPipe
{
    private int descriptor;

    private StarterPipe(int descriptor) => this.descriptor = descriptor;

    public bool IsOpen { get; private init; }

    public static StarterPipe FromEnvironment()
    {
        bool named = int.TryParse(Environment.GetEnvironmentVariable(StartVariables.Ready), CultureInfo.InvariantCulture, out int number);
        return new StarterPipe(named ? number : -1) { IsOpen = named };
    }

    public unsafe void Tell(byte word)
    {
        if (descriptor >= 0)
        {
            _ = LibC.write(descriptor, &word, 1);
            _ = LibC.close(descriptor);
            descriptor = -1;
        }
    }
}

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
