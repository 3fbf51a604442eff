using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Launch;

/// <summary>Starts the daemon in a session of its own and waits, for a moment, until it says that it listens.</summary>
internal static class DaemonStarter
{
    private const int PassedDescriptor = 3;

    /// <summary>What a login gives it. Longer waits are felt, and the socket's path is known without it.</summary>
    public static readonly TimeSpan LoginTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>What a person who asked for it gives it.</summary>
    public static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(5);

    public static StartOutcome Start(TimeSpan patience)
    {
        DaemonProgram program = DaemonProgram.Read([]);
        return Start(program.Path, program.Arguments, program.Environment, patience);
    }

    public static StartOutcome Start(string program, string[] arguments, string[] environment, TimeSpan patience)
    {
        using ReadyPipe? pipe = ReadyPipe.TryCreate();
        string[] told = [.. environment, $"{StartVariables.Ready}={PassedDescriptor}"];
        if (pipe is null || DetachedProcess.Start(program, arguments, told, pipe.WriteEnd) < 0)
        {
            return StartOutcome.Failed;
        }

        pipe.CloseWriteEnd();
        return pipe.Wait(patience) switch
        {
            ReadySignal.Listening => StartOutcome.Listening,
            ReadySignal.AlreadyRunning => StartOutcome.AlreadyRunning,
            -Errno.ETIMEDOUT => StartOutcome.Late,
            _ => StartOutcome.Failed,
        };
    }
}

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
