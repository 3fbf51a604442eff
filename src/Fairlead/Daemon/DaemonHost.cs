using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Handover;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>Finds the place for the daemon's sockets, takes the lock there, and lets it run.</summary>
internal static class DaemonHost
{
    /// <param name="configuration">As read at the start; SIGHUP reads it again.</param>
    /// <param name="locations">Where it may listen; the first that will hold a socket is taken.</param>
    /// <param name="reload">Reads the configuration again.</param>
    /// <param name="program">What to start in its place when it is to be another.</param>
    /// <returns>The exit code.</returns>
    public static int Run(
        Configuration configuration, SocketLocations locations, Func<ConfigurationResult> reload, HandoverState handover, DaemonProgram program)
    {
        CurrentProcess.RestrictNewFiles();
        CurrentProcess.ForbidDumps();
        CurrentProcess.RaiseDescriptorLimit();
        var starter = StarterPipe.FromEnvironment();
        var notice = SystemdNotice.FromEnvironment();
        if (locations.HomeIsForeign)
        {
            return Fail("HOME belongs to another user", "sudo -i, or fairlead daemon --socket PATH");
        }

        if (handover.IsComplete)
        {
            locations = locations with { All = [.. locations.All.Where(location => FileLock.IsAt(handover.Lock, location.Lock))] };
        }

        string problem = "there is no place for its socket";
        List<int> otherLocks = [.. handover.OtherLocks];
        var origin = new DaemonOrigin
        {
            Program = program,
            HandoverState = handover,
            Notice = notice,
            LogsToFile = starter.IsOpen && !handover.KeepsStreams,
        };
        foreach (SocketLocation location in locations.All)
        {
            FolderVerdict folder = location.Prepare();
            if (!folder.IsUsable)
            {
                problem = folder.Describe();
                continue;
            }

            FileLock? held;
            int locked = handover.IsComplete
                ? FileLock.TryAdopt(handover.Lock, out held)
                : FileLock.TryTake(location.Lock, out held);
            if (locked == -Errno.EAGAIN)
            {
                starter.Tell(ReadySignal.AlreadyRunning);
                return Fail($"a daemon is already running for {location.Socket}", "fairlead status");
            }

            if (locked < 0)
            {
                problem = $"{location.Lock}: {Errno.Describe(locked)}";
                continue;
            }

            using var daemon = new RunningDaemon(configuration, location, held!, otherLocks, reload, origin);
            int opened = daemon.Open();
            if (opened >= 0)
            {
                held!.Sign();
                daemon.Run(() => starter.Tell(ReadySignal.Listening));
                return 0;
            }

            otherLocks.Add(held!.Number);
            problem = $"{location.Socket}: {Errno.Describe(opened)}";
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
