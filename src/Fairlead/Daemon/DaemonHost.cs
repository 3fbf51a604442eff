using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Handover;
using Fairlead.Launch;
using Fairlead.Location;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>Finds the places for the daemon's files, takes the lock there, and lets it run.</summary>
/// <param name="configuration">As read at the start; SIGHUP reads it again.</param>
/// <param name="locations">Where it may be; the first places that will hold its files are taken.</param>
/// <param name="reload">Reads the configuration again.</param>
/// <param name="program">What to start in its place when it is to be another.</param>
/// <param name="signals">What <see cref="RunningDaemon.Run"/> heeds.</param>
/// <param name="pages">From before it forbids dumps.</param>
internal sealed class DaemonHost(
    Configuration configuration, DaemonLocations locations, Func<ConfigurationResult> reload, HandoverState handover, DaemonProgram program,
    HeldSignals signals, ProgramPages pages)
{
    private readonly StarterPipe starter = StarterPipe.FromEnvironment();
    private readonly SystemdNotice notice = SystemdNotice.FromEnvironment();
    private string problem = "there is no place for its socket";

    /// <returns>The exit code.</returns>
    public int Run()
    {
        CurrentProcess.RestrictNewFiles();
        CurrentProcess.ForbidDumps();
        if (locations.HomeIsForeign)
        {
            return Fail("HOME belongs to another user", "sudo -i, or fairlead daemon --socket PATH");
        }

        if (handover.IsComplete)
        {
            return TakeOver();
        }

        // Under systemd it is systemd's sockets that answer.
        return handover.Control is null && DaemonSearch.FindAll(locations) is [var running, ..] ? YieldTo(running) : Start();
    }

    private int Start()
    {
        foreach (StateLocation state in locations.States)
        {
            int locked = TryLock(state, out FileLock? held);
            if (locked == -Errno.EAGAIN)
            {
                starter.Tell(ReadySignal.AlreadyRunning);
                return Fail("a daemon is already running", "fairlead status");
            }

            if (held is not null)
            {
                MoveFormerFiles(-1, state);
                if (TryServe(state, held, locations.Sockets))
                {
                    return ExitCode.Done;
                }

                held.Dispose();
                if (handover.Agent is not null)
                {
                    break; // systemd's sockets are closed by now; it passes them on once more
                }
            }
        }

        return Fail(problem, "fairlead config");
    }

    /// <summary>From a daemon whose files stand where they do now, or beside its agent socket: of that one they move.</summary>
    private int TakeOver()
    {
        int adopted = FileLock.TryAdopt(handover.Lock, out FileLock? former);
        if (former is null)
        {
            return Fail($"the lock that was handed over: {Errno.Describe(adopted)}", "fairlead status");
        }

        string agent = handover.Agent?.Path ?? locations.Sockets[0].Socket;
        IReadOnlyList<SocketLocation> sockets = [.. locations.Sockets, locations.SocketAt(agent)];
        if (handover.State is { } prefix)
        {
            return TryServe(locations.StateAt(prefix), former, sockets) ? ExitCode.Done : Fail(problem, "fairlead status");
        }

        former.Sign(); // the daemon before reads there who has taken over
        foreach (StateLocation state in locations.States)
        {
            if (TryLock(state, out FileLock? held) >= 0)
            {
                // The files move not before the other one has let go of them: until then it would make them again. After a failure there is no second try: what
                // was passed on is closed by then, and the daemon before still serves.
                return TryServe(state, held!, sockets, () => MoveFormerFiles(handover.Lock, state)) ? ExitCode.Done : Fail(problem, "fairlead status");
            }
        }

        return Fail(problem, "fairlead status");
    }

    /// <returns>As <see cref="FileLock.TryTake"/>, or minus errno when the folder is not fit.</returns>
    private int TryLock(StateLocation state, out FileLock? held)
    {
        held = null;
        FolderVerdict folder = state.Prepare();
        if (!folder.IsUsable)
        {
            problem = folder.Describe();
            return folder.Error < 0 ? folder.Error : -Errno.EACCES;
        }

        int locked = FileLock.TryTake(state.Lock, out held);
        problem = locked < 0 ? $"{state.Lock}: {Errno.Describe(locked)}" : problem;
        return locked;
    }

    /// <returns>False when it could not serve; <see cref="problem"/> says why.</returns>
    /// <param name="later">What to do a moment after the daemon before has let go.</param>
    private bool TryServe(StateLocation state, FileLock held, IReadOnlyList<SocketLocation> sockets, Action? later = null)
    {
        foreach (SocketLocation socket in sockets)
        {
            bool isHandedOver = handover.Agent?.Path == socket.Socket;
            FolderVerdict folder = isHandedOver ? new FolderVerdict(FolderState.Usable, socket.Folders.Folder) : socket.Prepare();
            if (!folder.IsUsable)
            {
                problem = folder.Describe();
                continue;
            }

            using var daemon = new RunningDaemon(configuration, new DaemonLocation(socket, state), locations, held, reload, Origin());
            int opened = daemon.OpenAgentSockets();
            if (opened < 0)
            {
                problem = $"{socket.Socket}: {Errno.Describe(opened)}";
                continue;
            }

            opened = daemon.OpenControlSockets();
            if (opened < 0)
            {
                problem = $"{state.Control}: {Errno.Describe(opened)}";
                return false;
            }

            if (handover.IsComplete)
            {
                held.Sign();
            }

            daemon.Run(signals, () => starter.Tell(ReadySignal.Listening), later);
            return true;
        }

        return false;
    }

    private DaemonOrigin Origin() => new()
    {
        Program = program,
        HandoverState = handover,
        Notice = notice,
        Pages = pages,
        LogsToFile = starter.IsOpen && !handover.KeepsStreams,
    };

    private void MoveFormerFiles(int heldLock, StateLocation state)
    {
        foreach (StateLocation former in locations.FormerStates)
        {
            FormerLayout.Move(former, heldLock, state, BootClock.Booted(TimeProvider.System));
        }
    }

    private int YieldTo(FoundDaemon running)
    {
        running.Client?.Dispose();
        starter.Tell(ReadySignal.AlreadyRunning);
        return Fail(
            running.Outcome == ControlOutcome.OutOfReach ? $"a daemon is already running, but nobody may connect to it at {running.State.Control}"
                : $"a daemon is already running for {running.State.ReadSocket() ?? running.State.Control}",
            "fairlead status");
    }

    private static int Fail(string message, string hint)
    {
        var failure = new Failure(ExitCode.Failed, message, hint);
        StandardStream.Write(StandardStream.Error, failure.ToString());
        return failure.ExitCode;
    }
}
