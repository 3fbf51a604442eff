using Fairlead.Core.Linux;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>Finds the place for the daemon's sockets, takes the lock there, and lets it run.</summary>
internal static class DaemonHost
{
    /// <param name="configuration">As read at the start; SIGHUP reads it again.</param>
    /// <param name="placements">Where it may listen; the first that will hold a socket is taken.</param>
    /// <param name="reload">Reads the configuration again.</param>
    /// <param name="program">What to start in its place when it is to be another.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        Configuration configuration, Placements placements, Func<ConfigurationResult> reload, Inheritance inheritance, DaemonProgram program)
    {
        CurrentProcess.RestrictNewFiles();
        CurrentProcess.ForbidDumps();
        CurrentProcess.RaiseDescriptorLimit();
        var starter = StarterPipe.FromEnvironment();
        var notice = ServiceNotice.FromEnvironment();
        if (placements.HomeIsForeign)
        {
            return Fail("HOME belongs to another user", "sudo -i, or fairlead daemon --socket PATH");
        }

        if (inheritance.IsComplete)
        {
            placements = placements with { All = [.. placements.All.Where(placement => FileLock.IsAt(inheritance.Lock, placement.Lock))] };
        }

        string problem = "there is no place for its socket";
        List<int> otherLocks = [.. inheritance.OtherLocks];
        var origin = new DaemonOrigin
        {
            Program = program,
            Inheritance = inheritance,
            Notice = notice,
            LogsToFile = starter.IsOpen && !inheritance.KeepsStreams,
        };
        foreach (Placement placement in placements.All)
        {
            FolderVerdict folder = placement.Prepare();
            if (!folder.IsUsable)
            {
                problem = folder.Describe();
                continue;
            }

            FileLock? held;
            int locked = inheritance.IsComplete
                ? FileLock.TryAdopt(inheritance.Lock, out held)
                : FileLock.TryTake(placement.Lock, out held);
            if (locked == -Errno.EAGAIN)
            {
                starter.Tell(ReadySignal.AlreadyRunning);
                return Fail($"a daemon is already running for {placement.Socket}", "fairlead status");
            }

            if (locked < 0)
            {
                problem = $"{placement.Lock}: {Errno.Describe(locked)}";
                continue;
            }

            using var daemon = new RunningDaemon(configuration, placement, held!, otherLocks, reload, origin);
            int opened = daemon.Open();
            if (opened >= 0)
            {
                held!.Sign();
                daemon.Run(() => starter.Tell(ReadySignal.Listening));
                return 0;
            }

            otherLocks.Add(held!.Number);
            problem = $"{placement.Socket}: {Errno.Describe(opened)}";
        }

        return Fail(problem, "fairlead config");
    }

    private static int Fail(string message, string hint)
    {
        var failure = new Failure(ExitCode.Failed, message, hint);
        StandardStream.Write(StandardStream.Error, failure.ToString());
        return failure.ExitCode;
    }
}
