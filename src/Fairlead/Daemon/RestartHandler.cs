using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Handlers;
using Fairlead.Handover;
using Fairlead.Launch;
using Fairlead.Output;
using Fairlead.StalePaths;

namespace Fairlead.Daemon;

/// <summary>
/// Lets another process of the program that is on disk now take the place. Until that says that it serves, this one does; then this one ends with its last
/// conversation.
/// </summary>
internal sealed class RestartHandler(
    Successor successor,
    DaemonOrigin origin,
    SocketKeeper keeper,
    ServedSockets sockets,
    StalePathKeeper stalePaths,
    AgentRegistry registry,
    RoutingOptions routing,
    AskingDesk desk,
    Log log) : IControlHandler
{
    private bool isUnderWay;
    private LoopEvent ended = new();
    private ControlReply? outcome;
    private bool wantsReload;

    public ControlVerb Verb => ControlVerb.Restart;

    /// <summary>The path of the agent socket.</summary>
    public required string Agent { get; init; }

    /// <summary>Reads the configuration again; called when that was wanted during a restart that failed.</summary>
    public required Action Reload { get; init; }

    /// <summary>Called when the other process serves.</summary>
    public required Action HandedOver { get; init; }

    /// <summary>The other process serves; this one only ends what it has begun.</summary>
    public bool IsHandedOver { get; private set; }

    /// <returns>
    /// True if this process must not reload: the successor may have read the configuration already, and one that has taken over gets the signal passed on.
    /// systemd learns of the successor a moment later than a person does.
    /// </returns>
    public bool TakesReload()
    {
        wantsReload |= isUnderWay;
        if (IsHandedOver && keeper.Holder is > 0 and var successor)
        {
            _ = LibC.kill(successor, LibC.SIGHUP);
        }

        return isUnderWay;
    }

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) => await HandOverAsync();

    /// <summary>Lets another process take the place. A command that wants it while that is under way, or done, gets the result.</summary>
    public async ValueTask<ControlReply> HandOverAsync()
    {
        if (isUnderWay)
        {
            await ended.WaitAsync();
            return outcome!;
        }

        isUnderWay = true;
        ended = new LoopEvent();
        outcome = new ControlReply { Error = $"the restart failed; process {CurrentProcess.Pid} goes on serving" };
        try
        {
            bool isAtRest = await stalePaths.RestAsync(Successor.StartTimeout);
            int started = isAtRest ? await successor.StartAsync(Describe()) : -Errno.ETIMEDOUT;
            outcome = started < 0 ? Explain(started, await successor.AskVersionAsync()) : HandOver();
            return outcome;
        }
        finally
        {
            // After a fault as well: otherwise no restart and no reload would ever be possible again.
            isUnderWay = IsHandedOver;
            ended.Happen();
            if (!IsHandedOver)
            {
                GoOn();
            }
        }
    }

    private HandoverState Describe() => sockets.Describe() with
    {
        Lock = keeper.Lock.Number,
        StalePaths = [.. stalePaths.Sockets.Describe()],
        Registered =
        [
            .. from socket in registry.Registered
               where socket.Agent.IsUsable || socket.Agent.IsLoop
               select new HandedOverRegistration(socket.Descriptor, socket.Agent.Registrants[^1], socket.Path),
        ],
        Pin = routing.Pin,
        KeepsStreams = !origin.LogsToFile,
    };

    private ControlReply HandOver()
    {
        IsHandedOver = true;
        // Who has called listen() last; the lock's text may be missing on a full disk.
        int pid = UnixStream.ReadListener(Agent, out PeerCredentials successor) >= 0 ? successor.Pid : keeper.Lock.Signer;
        if (wantsReload && pid > 0)
        {
            _ = LibC.kill(pid, LibC.SIGHUP);
        }

        origin.Notice.Tell(SystemdNotice.Successor(pid));
        log.Write($"process {pid} took over; this one ends with its last conversation");
        int forgotten = desk.Close();
        keeper.Dispose();
        keeper.Release();
        sockets.HandOver();
        stalePaths.HandOver();
        HandedOver();
        return new ControlReply { Restart = new RestartReport { Pid = pid, Program = origin.Program.Path, Forgotten = forgotten } };
    }

    /// <summary>The new process may have come as far as to put its name on what was passed to it.</summary>
    private void GoOn()
    {
        if (wantsReload)
        {
            wantsReload = false;
            Reload();
        }

        keeper.Lock.Sign();
        sockets.ListenAgain();
        stalePaths.Sockets.ListenAgain();
        stalePaths.WakeUp();
    }

    /// <param name="program">What the program on disk calls itself; null when it does not run.</param>
    private ControlReply Explain(int error, string? program)
    {
        string reason = error switch
        {
            -Errno.ECONNRESET => "ended at once",
            -Errno.ETIMEDOUT => "said nothing",
            _ => $"did not start ({Errno.Describe(error)})",
        };
        log.Write($"a restart failed: {origin.Program.Path} {reason}");
        string goesOn = program is null || program == ProgramVersion.Build ? " goes on serving"
            : $"{ControlReply.GoesOn}{BuildAge.Of(program, ProgramVersion.Build)} the daemon: {program}, and {ProgramVersion.Build}";
        return new ControlReply { Error = $"the new daemon {reason}; process {CurrentProcess.Pid}{goesOn}" };
    }
}
