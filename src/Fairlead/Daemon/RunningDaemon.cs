using System.Runtime.InteropServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux;
using Fairlead.Core.Relay;
using Fairlead.Settings;

namespace Fairlead.Daemon;

/// <summary>The daemon between its start and its end: the loop and everything on it.</summary>
internal sealed class RunningDaemon : IDisposable
{
    /// <summary>What the first look may take, on a machine with thousands of processes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly FactThread facts;
    private readonly Log log;
    private readonly AgentDirectory directory;
    private readonly RoutePlanner planner;
    private readonly AgentArrivals arrivals;
    private readonly ServedSocket agentSocket;
    private readonly ServedSocket controlSocket;
    private readonly SocketKeeper keeper;
    private readonly HealedSockets healed;
    private readonly OldPathKeeper oldPaths;
    private readonly RelayOptions options = new();
    private readonly Func<ConfigurationResult> reload;
    private readonly DaemonOrigin origin;
    private readonly IReadOnlyList<int> otherLocks;
    private readonly Successor successor;
    private readonly HeldRequests requests;
    private readonly AgentServer server;
    private readonly ControlServer control;
    private readonly EventDesk events;
    private readonly EnvironmentReporter environment;
    private readonly FileWork files;
    private readonly MovedFile moved;
    private bool hasServed;
    private bool isHandingOver;
    private bool wantsReload;
    private bool isHandedOver;

    /// <param name="otherLocks">Of better places that hold no socket.</param>
    public RunningDaemon(
        Configuration configuration, Placement placement, FileLock held, IReadOnlyList<int> otherLocks, Func<ConfigurationResult> reload, DaemonOrigin origin)
    {
        uint uid = CurrentProcess.Uid;
        this.reload = reload;
        this.origin = origin;
        this.otherLocks = otherLocks;
        facts = new FactThread(loop);
        log = new Log(facts, loop.Time, origin.LogsToFile ? placement.Log : null);
        successor = new Successor(loop, facts, origin.Program, origin.Notice);
        loop.Faulted = fault => log.Write($"internal error, please report it: {fault}");

        directory = new AgentDirectory(facts, uid, loop.Time);
        var connector = new AgentConnector(loop, facts, directory, uid);
        var tracer = new LoopTracer(loop, directory, connector, options, InstanceId.Create());
        planner = new RoutePlanner(facts, directory, tracer);
        var opener = new UpstreamOpener(loop, connector, tracer, options);
        arrivals = new AgentArrivals(loop, directory);
        planner.PeopleMoved = NoteMoved;
        requests = new HeldRequests(loop, arrivals, planner, options);
        var feed = new RequestFeed(facts, options);
        events = new EventDesk(loop, feed, planner);
        server = new AgentServer(loop, planner, opener, options, requests) { Ended = EndWhenDone, Feed = feed };
        var acceptor = new Acceptor(loop, uid, server.Serve);
        OldPathPlaces places = PlacesOf(configuration, placement);
        files = new FileWork(facts, MayBlock(places, placement));
        var record = new HealedSocketFile(placement.Healed, places, uid);
        healed = new HealedSockets(loop, files, places, record, acceptor, log, uid) { Changed = NoteOwnSockets };
        oldPaths = new OldPathKeeper(loop, facts, directory, places, healed, new MarkedFolders(facts, files, places.SharedFolder, uid), uid);

        var rehearsal = new Rehearsal(loop, planner, opener, options);
        var reporter = new Reporter(loop, directory, planner, opener, rehearsal, server, requests, oldPaths, loop.Time.GetUtcNow()) { Socket = placement.Socket };
        var why = new WhyReporter(loop, directory, planner, rehearsal, oldPaths);
        environment = new EnvironmentReporter(planner);
        moved = new MovedFile(placement.Moved);
        var waits = new WaitDesk(loop, planner, opener, options, requests);
        control = new ControlServer(loop, reporter, why, environment, new PinDesk(directory, planner), waits, Register, loop.Stop)
        {
            Events = events,
            Restart = HandOverAsync,
            Served = NoteServed,
        };

        agentSocket = new ServedSocket(loop, placement.Socket, acceptor);
        controlSocket = new ServedSocket(loop, placement.Control, new Acceptor(loop, uid, control.Serve));
        keeper = new SocketKeeper(loop, placement, [agentSocket, controlSocket], held, log)
        {
            Remade = NoteOwnSockets,
            Superseded = loop.Stop,
        };
        Apply(configuration);
    }

    /// <summary>Listens on both sockets: zero, or minus errno.</summary>
    public int Open()
    {
        Inheritance inheritance = origin.Inheritance;
        int opened = Open(agentSocket, inheritance.Agent);
        if (opened >= 0)
        {
            opened = Open(controlSocket, inheritance.Control);
        }

        foreach (InheritedSocket socket in inheritance.Healed)
        {
            healed.Adopt(socket);
        }

        planner.Orders.Pin = inheritance.Pin;
        foreach (string path in inheritance.Registered)
        {
            directory.Register(path);
        }

        NoteOwnSockets();
        return opened;
    }

    /// <summary>Serves until SIGTERM, SIGINT or a stop through the control socket. SIGHUP reads the configuration again.</summary>
    /// <param name="tellStarter">Called when signals do what they should: who was told may send one.</param>
    public void Run(Action tellStarter)
    {
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, loop.Stop);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, loop.Stop);
        using PosixSignalRegistration hangUp = OnSignal(PosixSignal.SIGHUP, Reload);
        tellStarter();
        keeper.Start();
        if (origin.Inheritance.IsComplete)
        {
            keeper.CheckSoon();
            log.Write("took over from the daemon before"); // systemd hears it from that one: it listens to the main process only
        }
        else
        {
            origin.Notice.Tell(ServiceNotice.Ready);
        }

        oldPaths.Start();
        NoteMoved(); // while no daemon ran nobody noted who attached
        loop.Observe(GiveBackStartupPagesAsync());
        hasServed = true;
        loop.Run();
    }

    public void Dispose()
    {
        successor.Dispose();
        oldPaths.Dispose();
        agentSocket.Close();
        controlSocket.Close();
        keeper.Dispose();
        if (hasServed && !isHandedOver)
        {
            origin.Notice.Tell(ServiceNotice.Stopping);
            keeper.Release();
        }

        facts.Dispose();
        loop.Dispose();
    }

    /// <summary>Not before the first look at old paths, which is part of the start, too.</summary>
    private async Task GiveBackStartupPagesAsync()
    {
        await oldPaths.SettleAsync(FirstLook);
        GC.Collect(); // the first collection needs more of the program than all that comes after it
        StartupPages.Release();
    }

    private static int Open(ServedSocket socket, InheritedSocket? inherited)
    {
        if (inherited is null)
        {
            return socket.Open();
        }

        socket.Adopt(inherited.Value);
        return 0;
    }

    /// <summary>
    /// Another process of the program that is on disk now takes the place. Until it says that it serves, this one does; then this one ends with its last
    /// conversation.
    /// </summary>
    private async ValueTask<ControlReply> HandOverAsync()
    {
        if (isHandingOver)
        {
            return new ControlReply { Error = "a restart is under way" };
        }

        isHandingOver = true;
        bool isAtRest = await oldPaths.RestAsync(Successor.Patience);
        int started = isAtRest ? await successor.StartAsync(Bequest()) : -Errno.ETIMEDOUT;
        if (started < 0)
        {
            GoOn();
            string reason = started switch
            {
                -Errno.ECONNRESET => "ended at once",
                -Errno.ETIMEDOUT => "said nothing",
                _ => $"did not start ({Errno.Describe(started)})",
            };
            log.Write($"a restart failed: {origin.Program.Path} {reason}");
            return new ControlReply { Error = $"the new daemon {reason}; process {CurrentProcess.Pid} goes on serving" };
        }

        isHandedOver = true;
        int pid = keeper.Lock.Signer;
        if (wantsReload && pid > 0)
        {
            _ = LibC.kill(pid, LibC.SIGHUP);
        }

        origin.Notice.Tell(ServiceNotice.Successor(pid));
        log.Write($"process {pid} took over; this one ends with its last conversation");
        keeper.Dispose();
        keeper.Release();
        agentSocket.HandOver();
        controlSocket.HandOver();
        oldPaths.HandOver();
        events.EndAll();
        loop.Schedule(options.Patience.Person + options.Patience.Busy, EndUnlessHolding);
        return new ControlReply { Restart = new RestartReport { Pid = pid, Program = origin.Program.Path } };
    }

    private Inheritance Bequest() => new()
    {
        Lock = keeper.Lock.Number,
        OtherLocks = otherLocks,
        Agent = agentSocket.Describe(),
        Control = controlSocket.Describe(),
        Healed = [.. healed.Describe()],
        Registered = directory.Registered,
        Pin = planner.Orders.Pin,
        KeepsStreams = !origin.LogsToFile,
    };

    /// <summary>The new process may have come as far as to put its name on what was passed to it.</summary>
    private void GoOn()
    {
        isHandingOver = false;
        if (wantsReload)
        {
            wantsReload = false;
            Reload();
        }

        keeper.Lock.Sign();
        agentSocket.ListenAgain();
        controlSocket.ListenAgain();
        healed.ListenAgain();
        oldPaths.WakeUp();
    }

    /// <summary>A command has been served: somebody may have logged in, or have pinned an agent.</summary>
    private void NoteServed()
    {
        planner.LookAround();
        arrivals.Tell();
        EndWhenDone();
    }

    /// <summary>Somebody has attached to a session, or turned to it: who waits may be answered, and the variables of its panes may be others.</summary>
    private void NoteMoved()
    {
        arrivals.Tell();
        DateTimeOffset now = loop.Time.GetUtcNow();
        loop.Observe(files.DoAsync(() => moved.Change(now)).AsTask());
    }

    /// <summary>A request that is held until somebody comes may be held for hours yet, and ends with its client.</summary>
    private void EndUnlessHolding()
    {
        if (requests.All.Count == 0)
        {
            loop.Stop();
        }
    }

    private void EndWhenDone()
    {
        if (isHandedOver && server.Conversations + control.Clients == 0)
        {
            loop.Stop();
        }
    }

    private PosixSignalRegistration OnSignal(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        loop.Post(action);
    });

    /// <summary>A login's own agent: its folder is marked from now on, and what the login brought about is looked at.</summary>
    private void Register(string path)
    {
        directory.Register(path);
        arrivals.NoteLogin();
        oldPaths.Look();
    }

    private void NoteOwnSockets()
    {
        FileIdentity?[] served = [agentSocket.Identity, controlSocket.Identity];
        directory.OwnSockets.Clear();
        directory.OwnSockets.UnionWith(served.OfType<FileIdentity>().Concat(healed.All.Select(socket => socket.File.Identity)));
        directory.Reconsider();
    }

    /// <summary>A daemon that is not to look for agents in a folder leaves its old paths alone, too.</summary>
    private static OldPathPlaces PlacesOf(Configuration configuration, Placement placement)
    {
        Surroundings around = Surroundings.Read();
        bool IsLookedAt(string folder) => configuration.DiscoveryFolders.Contains(folder);
        return new OldPathPlaces(
            IsLookedAt(around.TemporaryFolder) ? around.TemporaryFolder : null,
            around.Home is { } home && IsLookedAt($"{home}/.ssh/agent") ? home : null,
            HostHash.Of(around.HostName))
        {
            OwnPaths = [placement.Socket, placement.Control],
        };
    }

    private static bool MayBlock(OldPathPlaces places, Placement placement) =>
        new[] { places.SharedFolder, places.HomeFolder, placement.Folder }.OfType<string>().Any(FileSystem.MayBlock);

    private void Reload()
    {
        if (isHandingOver)
        {
            wantsReload = true; // whoever takes over may have read it already
            return;
        }

        origin.Notice.Tell(ServiceNotice.Reloading);
        ConfigurationResult read = reload();
        if (read.Configuration is Configuration configuration)
        {
            Apply(configuration);
            log.Write("read the configuration again");
        }
        else
        {
            log.Write($"the configuration stays as it was: {read.Error}");
        }

        origin.Notice.Tell(ServiceNotice.Ready);
    }

    private void Apply(Configuration configuration)
    {
        directory.Configure(
            configuration.DiscoveryFolders,
            configuration.Agents.Select(agent => (agent.Name, agent.Socket)),
            configuration.Agents.Where(agent => agent.Role == AgentRole.Always).Select(agent => agent.Name).ToHashSet());
        planner.Orders.Fallback = configuration.Fallback;
        options.Patience = configuration.Patience;
        options.Wait = configuration.Wait;
        options.MaxConversations = configuration.Conversations;
        options.MergesKeys = configuration.MergesKeys;
        options.AllowsForwardedChanges = configuration.AllowsForwardedChanges;
        planner.Orders.Rules = configuration.Rules;
        environment.Variables = configuration.Variables;
        oldPaths.Enable(configuration.HealsOldPaths);
        arrivals.Tell();
    }
}
