using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Handlers;
using Fairlead.Handover;
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
    ServedSocket agentSocket,
    ServedSocket controlSocket,
    StalePathKeeper stalePaths,
    AgentRegistry registry,
    RoutingOptions routing,
    Log log) : IControlHandler
{
    private bool isUnderWay;
    private bool wantsReload;

    public ControlVerb Verb => ControlVerb.Restart;

    /// <summary>Locks of better locations that hold no socket.</summary>
    public required IReadOnlyList<int> OtherLocks { get; init; }

    /// <summary>Reads the configuration again; called when that was wanted during a restart that failed.</summary>
    public required Action Reload { get; init; }

    /// <summary>Called when the other process serves.</summary>
    public required Action HandedOver { get; init; }

    /// <summary>The other process serves; this one only ends what it has begun.</summary>
    public bool IsHandedOver { get; private set; }

    /// <returns>Whether a reload has to wait: whoever takes over may have read the configuration already.</returns>
    public bool Postpones()
    {
        wantsReload |= isUnderWay;
        return isUnderWay;
    }

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        if (isUnderWay)
        {
            return new ControlReply { Error = "a restart is under way" };
        }

        isUnderWay = true;
        bool isAtRest = await stalePaths.RestAsync(Successor.StartTimeout);
        int started = isAtRest ? await successor.StartAsync(Describe()) : -Errno.ETIMEDOUT;
        return started < 0 ? GoOn(started) : HandOver();
    }

    private HandoverState Describe() => new()
    {
        Lock = keeper.Lock.Number,
        OtherLocks = OtherLocks,
        Agent = agentSocket.Describe(),
        Control = controlSocket.Describe(),
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
        int pid = keeper.Lock.Signer;
        if (wantsReload && pid > 0)
        {
            _ = LibC.kill(pid, LibC.SIGHUP);
        }

        origin.Notice.Tell(SystemdNotice.Successor(pid));
        log.Write($"process {pid} took over; this one ends with its last conversation");
        keeper.Dispose();
        keeper.Release();
        agentSocket.HandOver();
        controlSocket.HandOver();
        stalePaths.HandOver();
        HandedOver();
        return new ControlReply { Restart = new RestartReport { Pid = pid, Program = origin.Program.Path } };
    }

    /// <summary>The new process may have come as far as to put its name on what was passed to it.</summary>
    private ControlReply GoOn(int error)
    {
        isUnderWay = false;
        if (wantsReload)
        {
            wantsReload = false;
            Reload();
        }

        keeper.Lock.Sign();
        agentSocket.ListenAgain();
        controlSocket.ListenAgain();
        stalePaths.Sockets.ListenAgain();
        stalePaths.WakeUp();
        string reason = error switch
        {
            -Errno.ECONNRESET => "ended at once",
            -Errno.ETIMEDOUT => "said nothing",
            _ => $"did not start ({Errno.Describe(error)})",
        };
        log.Write($"a restart failed: {origin.Program.Path} {reason}");
        return new ControlReply { Error = $"the new daemon {reason}; process {CurrentProcess.Pid} goes on serving" };
    }
}
