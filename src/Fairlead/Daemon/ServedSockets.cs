using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Relay;
using Fairlead.Handover;
using Fairlead.Location;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>All sockets that the daemon listens at but those at old paths: the agent socket, further paths of it that panes have, and the control socket.</summary>
internal sealed class ServedSockets
{
    private readonly EventLoop loop;
    private readonly DaemonLocation location;
    private readonly DaemonLocations locations;
    private readonly Acceptor agentAcceptor;
    private readonly Acceptor controlAcceptor;
    private readonly SocketKeeper keeper;
    private readonly ServedSocket agent;
    private readonly ServedSocket control;
    private readonly List<ServedSocket> furtherAgents = [];
    private readonly List<ServedSocket> furtherControls = [];
    private FileLock? furtherLock;
    private LoopDescriptor? hostName;

    /// <param name="locations">Where else the sockets could be.</param>
    /// <param name="agentAcceptor">For the agent sockets.</param>
    /// <param name="keeper">Makes them again when they are removed.</param>
    public ServedSockets(
        EventLoop loop, DaemonLocation location, DaemonLocations locations, Acceptor agentAcceptor, Acceptor controlAcceptor, SocketKeeper keeper)
    {
        this.loop = loop;
        this.location = location;
        this.locations = locations;
        this.agentAcceptor = agentAcceptor;
        this.controlAcceptor = controlAcceptor;
        this.keeper = keeper;
        agent = new ServedSocket(loop, location.Socket, agentAcceptor);
        control = new ServedSocket(loop, location.State.Control, controlAcceptor);
        keeper.Keep(agent, location.Agent.Folders);
        keeper.Keep(control, location.State.Folders);
    }

    /// <summary>Called when there is one more.</summary>
    public Action<string>? Added { get; init; }

    /// <summary>The files that are bound.</summary>
    public IEnumerable<FileIdentity> Identities =>
        All.Select(socket => socket.Identity).OfType<FileIdentity>();

    private IEnumerable<ServedSocket> All => [agent, control, .. furtherAgents, .. furtherControls];

    /// <summary>Listens at the agent socket, and where the daemon before this one did: panes have those paths. Zero, or minus errno.</summary>
    public int OpenAgents(HandoverState handover)
    {
        HandedOverSocket[] inherited = [.. handover.FurtherAgents, .. handover.Agent is { } main ? [main] : Array.Empty<HandedOverSocket>()];
        int opened = Open(agent, inherited);
        if (opened >= 0)
        {
            foreach (HandedOverSocket further in inherited.Where(socket => socket.Path != location.Socket))
            {
                _ = ServeFurther(further.Path, further);
            }
        }

        return opened;
    }

    /// <summary>Listens at the control socket. Zero, or minus errno.</summary>
    public int OpenControl(HandoverState handover)
    {
        HandedOverSocket[] inherited = [.. handover.FurtherControls, .. handover.Control is { } passed ? [passed] : Array.Empty<HandedOverSocket>()];
        int opened = Open(control, inherited);
        foreach (HandedOverSocket former in inherited.Where(socket => socket.Path != location.State.Control))
        {
            var socket = new ServedSocket(loop, former.Path, controlAcceptor); // who has connected there already is answered
            socket.Adopt(former);
            furtherControls.Add(socket);
        }

        return opened;
    }

    /// <summary>Listens at the control socket of the next place that takes one: its own cannot be made again.</summary>
    /// <returns>The path; null where it has one already, or none takes it.</returns>
    public string? ServeControlElsewhere()
    {
        if (control.IsInPlace || furtherLock is not null)
        {
            return null;
        }

        foreach (StateLocation state in locations.States.Where(state => state.Prefix != location.State.Prefix && state.Prepare().IsUsable))
        {
            var socket = new ServedSocket(loop, state.Control, controlAcceptor);
            if (FileLock.TryTake(state.Lock, out FileLock? held) >= 0 && SymbolicLink.Write(state.AgentLink, location.Socket) >= 0 && socket.Open() >= 0)
            {
                furtherLock = held;
                furtherControls.Add(socket);
                keeper.Keep(socket, state.Folders);
                return state.Control;
            }

            held?.Dispose();
        }

        return null;
    }

    /// <summary>From now on the host's name is watched: with another one the socket has another path for all who make it of the name, and both are served.</summary>
    public void FollowHostName()
    {
        hostName = loop.WatchForChange("/proc/sys/kernel/hostname", NoteHostName);
        NoteHostName(); // it may have changed since the place was chosen: a machine that boots gets its name late
    }

    /// <summary>What another process needs in order to serve them.</summary>
    public HandoverState Describe() => new()
    {
        State = location.State.Prefix,
        Agent = agent.Describe(),
        FurtherAgents = [.. furtherAgents.Select(socket => socket.Describe())],
        Control = control.Describe(),
        FurtherControls = [.. furtherControls.Select(socket => socket.Describe())],
    };

    /// <inheritdoc cref="Core.Linux.Sockets.UnixListener.ListenAgain"/>
    public void ListenAgain()
    {
        foreach (ServedSocket socket in All)
        {
            socket.ListenAgain();
        }
    }

    /// <summary>Stops listening; the files stay, for another process serves them.</summary>
    public void HandOver()
    {
        hostName?.Dispose();
        hostName = null;
        furtherLock?.Dispose();
        furtherLock = null;
        foreach (ServedSocket socket in All)
        {
            socket.HandOver();
        }
    }

    /// <summary>Stops listening and takes the files away, those that are still ours.</summary>
    /// <param name="keepsInherited">As for <see cref="ServedSocket.Close"/>: this process has never served.</param>
    public void Close(bool keepsInherited)
    {
        hostName?.Dispose();
        furtherLock?.Dispose();
        foreach (ServedSocket socket in All)
        {
            socket.Close(keepsInherited);
        }
    }

    private static int Open(ServedSocket socket, IReadOnlyCollection<HandedOverSocket> inherited)
    {
        foreach (HandedOverSocket handed in inherited.Where(handed => handed.Path == socket.Path))
        {
            socket.Adopt(handed);
            return 0;
        }

        return socket.Open();
    }

    private int ServeFurther(string path, params HandedOverSocket[] inherited)
    {
        var socket = new ServedSocket(loop, path, agentAcceptor);
        int opened = Open(socket, inherited);
        if (opened >= 0)
        {
            furtherAgents.Add(socket);
            keeper.Keep(socket, locations.SocketAt(path).Folders);
        }

        return opened;
    }

    private void NoteHostName()
    {
        if (location.Agent.Source is LocationSource.CommandLine or LocationSource.Configuration)
        {
            return; // named by the person
        }

        SocketLocation? now = DaemonLocations.Find(Surroundings.Read()).Sockets.FirstOrDefault(place => place.Source == location.Agent.Source);
        bool isNew = now is not null && All.All(socket => socket.Path != now.Socket);
        if (isNew && now!.Prepare().IsUsable && ServeFurther(now.Socket) >= 0)
        {
            Added?.Invoke(now.Socket);
        }
    }
}
