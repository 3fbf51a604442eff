using System.Runtime.InteropServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Probing;
using Fairlead.Core.Relay;
using Fairlead.Core.Watching;
using Fairlead.Handlers;
using Fairlead.Handover;
using Fairlead.Location;
using Fairlead.Settings;
using Fairlead.StalePaths;

namespace Fairlead.Daemon;

/// <summary>The daemon between its start and its end: the loop and everything on it.</summary>
internal sealed class RunningDaemon : IDisposable
{
    /// <summary>What the first look may take, on a machine with thousands of processes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly BlockingWorker worker;
    private readonly Log log;
    private readonly AgentRegistry registry;
    private readonly LoginRegistration registration;
    private readonly RoutePlanner planner;
    private readonly AgentArrivals arrivals;
    private readonly ServedSocket agentSocket;
    private readonly ServedSocket controlSocket;
    private readonly SocketKeeper keeper;
    private readonly StalePathSockets staleSockets;
    private readonly StalePathKeeper stalePaths;
    private readonly RelayOptions options = new();
    private readonly Func<ConfigurationResult> reload;
    private readonly DaemonOrigin origin;
    private readonly Successor successor;
    private readonly RestartHandler restart;
    private readonly WaitQueue waitQueue;
    private readonly AgentServer server;
    private readonly ControlServer control;
    private readonly EventsHandler events;
    private readonly EnvironmentHandler environment;
    private readonly FileWork files;
    private readonly RefreshStamp refreshStamp;
    private bool hasServed;

    /// <param name="otherLocks">Of better places that hold no socket.</param>
    public RunningDaemon(
        Configuration configuration, SocketLocation location, FileLock held, IReadOnlyList<int> otherLocks, Func<ConfigurationResult> reload, DaemonOrigin origin)
    {
        uint uid = CurrentProcess.Uid;
        this.reload = reload;
        this.origin = origin;
        worker = new BlockingWorker(loop);
        log = new Log(worker, loop.Time, origin.LogsToFile ? location.Log : null);
        successor = new Successor(loop, worker, origin.Program, origin.Notice);
        loop.Faulted = fault => log.Write($"internal error, please report it: {fault}");

        registry = new AgentRegistry(worker, uid, loop.Time);
        var connector = new AgentConnector(loop, worker, registry, uid);
        var reader = new ReachReader(worker);
        var detector = new LoopDetector(loop, registry, connector, reader, options, Guid.NewGuid().ToString("N"));
        registration = new LoginRegistration(worker, registry, detector);
        planner = new RoutePlanner(worker, registry, detector);
        var opener = new UpstreamOpener(loop, connector, detector, reader, options);
        arrivals = new AgentArrivals(loop, registry);
        planner.Activity.Noted = NoteMoved;
        waitQueue = new WaitQueue(loop, arrivals, planner, options);
        var feed = new RequestFeed(worker);
        events = new EventsHandler(loop, feed, planner);
        server = new AgentServer(loop, planner, opener, options, waitQueue) { Ended = EndWhenDone, Feed = feed };
        var acceptor = new Acceptor(loop, uid, server.Serve);
        StalePathPatterns patterns = PatternsOf(configuration, location);
        files = new FileWork(worker, MayBlock(patterns, location));
        var record = new StalePathRecord(location.StalePathRecord, patterns, uid);
        staleSockets = new StalePathSockets(loop, files, patterns, record, acceptor, log.Write, uid) { Changed = NoteOwnSockets };
        stalePaths = new StalePathKeeper(loop, worker, registry, patterns, staleSockets, new StalePathMarks(worker, files, patterns.SharedFolder, uid), uid);

        var dryRun = new DryRun(loop, planner, opener, options);
        environment = new EnvironmentHandler(planner);
        refreshStamp = new RefreshStamp(location.RefreshStamp);
        agentSocket = new ServedSocket(loop, location.Socket, acceptor);
        controlSocket = new ServedSocket(loop, location.Control, new Acceptor(loop, uid, client => control!.Serve(client)));
        keeper = new SocketKeeper(loop, location, [agentSocket, controlSocket], held, log)
        {
            Remade = NoteOwnSockets,
            Superseded = loop.Stop,
        };
        restart = new RestartHandler(successor, origin, keeper, agentSocket, controlSocket, stalePaths, registry, planner.Options, log)
        {
            OtherLocks = otherLocks,
            Reload = Reload,
            HandedOver = EndSoon,
        };
        control = new ControlServer(
            loop,
            [
                new StatusHandler(loop, registry, planner, dryRun, server, waitQueue, stalePaths) { Socket = location.Socket },
                new ListHandler(loop, planner, opener),
                new WhyHandler(loop, registry, dryRun, stalePaths),
                environment,
                new PinHandler(planner),
                new UnpinHandler(planner),
                new WaitHandler(loop, planner, opener, options, waitQueue),
                events,
                new RegisterHandler(registration, arrivals, stalePaths),
                restart,
                new StopHandler(loop.Stop),
            ])
        {
            Served = NoteServed,
        };
        Apply(configuration);
    }

    /// <summary>Listens on both sockets: zero, or minus errno.</summary>
    public int Open()
    {
        HandoverState handover = origin.HandoverState;
        int opened = Open(agentSocket, handover.Agent);
        if (opened >= 0)
        {
            opened = Open(controlSocket, handover.Control);
        }

        foreach (HandedOverSocket socket in handover.StalePaths)
        {
            staleSockets.Adopt(socket);
        }

        planner.Options.Pin = handover.Pin;
        foreach (HandedOverRegistration login in handover.Registered)
        {
            registry.Register(login.Path, login.Descriptor, refusal: null, login.Registrant);
        }

        foreach (string path in handover.RegisteredPaths)
        {
            registration.Register(path, registrant: 0);
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
        CurrentProcess.StopIgnoringHangUps();
        using PosixSignalRegistration hangUp = OnSignal(PosixSignal.SIGHUP, Reload);
        tellStarter();
        keeper.Start();
        if (origin.HandoverState.IsComplete)
        {
            keeper.CheckSoon();
            log.Write("took over from the daemon before"); // systemd hears it from that one: it listens to the main process only
        }
        else
        {
            origin.Notice.Tell(SystemdNotice.Ready);
            planner.Found = registration.Found;
            loop.Observe(registration.FindLostAsync());
        }

        stalePaths.Start();
        NoteMoved(); // while no daemon ran nobody noted who attached
        loop.Observe(GiveBackStartupPagesAsync());
        hasServed = true;
        loop.Run();
    }

    public void Dispose()
    {
        successor.Dispose();
        stalePaths.Dispose();
        agentSocket.Close();
        controlSocket.Close();
        keeper.Dispose();
        if (hasServed && !restart.IsHandedOver)
        {
            origin.Notice.Tell(SystemdNotice.Stopping);
            keeper.Release();
        }

        worker.Dispose();
        loop.Dispose();
    }

    /// <summary>Not before the first look at old paths, which is part of the start, too.</summary>
    private async Task GiveBackStartupPagesAsync()
    {
        await stalePaths.SettleAsync(FirstLook);
        GC.Collect(); // the first collection needs more of the program than all that comes after it
        StartupPages.Release();
    }

    private static int Open(ServedSocket socket, HandedOverSocket? inherited)
    {
        if (inherited is null)
        {
            return socket.Open();
        }

        socket.Adopt(inherited.Value);
        return 0;
    }

    /// <summary>A command has been served: somebody may have logged in, or have pinned an agent.</summary>
    private void NoteServed()
    {
        loop.Observe(planner.Activity.LookAroundAsync().AsTask());
        arrivals.Tell();
        EndWhenDone();
    }

    /// <summary>Somebody has attached to a session, or turned to it: who waits may be answered, and the variables of its panes may be others.</summary>
    private void NoteMoved()
    {
        arrivals.Tell();
        DateTimeOffset now = loop.Time.GetUtcNow();
        loop.Observe(files.DoAsync(() => refreshStamp.Change(now)).AsTask());
    }

    /// <summary>Another daemon serves: who watches asks that one, and what is under way here gets the time that a person and a busy agent get.</summary>
    private void EndSoon()
    {
        events.EndAll();
        loop.Schedule(options.AgentTimeouts.Person + options.AgentTimeouts.Busy, EndUnlessHolding);
    }

    /// <summary>A request that is held until somebody comes may be held for hours yet, and ends with its client.</summary>
    private void EndUnlessHolding()
    {
        if (waitQueue.All.Count == 0)
        {
            loop.Stop();
        }
    }

    private void EndWhenDone()
    {
        if (restart.IsHandedOver && server.Conversations + control.Clients == 0)
        {
            loop.Stop();
        }
    }

    private PosixSignalRegistration OnSignal(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        loop.Post(action);
    });

    private void NoteOwnSockets()
    {
        FileIdentity?[] served = [agentSocket.Identity, controlSocket.Identity];
        registry.OwnSockets.Clear();
        registry.OwnSockets.UnionWith(served.OfType<FileIdentity>().Concat(staleSockets.All.Select(socket => socket.File.Identity)));
        registry.Reconsider();
    }

    /// <summary>A daemon that is not to look for agents in a folder leaves its old paths alone, too.</summary>
    private static StalePathPatterns PatternsOf(Configuration configuration, SocketLocation location)
    {
        Surroundings around = Surroundings.Read();
        bool IsLookedAt(string folder) => configuration.DiscoveryFolders.Contains(folder);
        return new StalePathPatterns(
            IsLookedAt(around.TemporaryFolder) ? around.TemporaryFolder : null,
            around.Home is { } home && IsLookedAt($"{home}/.ssh/agent") ? home : null,
            HostHash.Of(around.HostName))
        {
            OwnPaths = [location.Socket, location.Control],
        };
    }

    private static bool MayBlock(StalePathPatterns patterns, SocketLocation location) =>
        new[] { patterns.SharedFolder, patterns.HomeFolder, location.Folder }.OfType<string>().Any(FileSystem.MayBlock);

    private void Reload()
    {
        if (restart.Postpones())
        {
            return;
        }

        origin.Notice.Tell(SystemdNotice.Reloading);
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

        origin.Notice.Tell(SystemdNotice.Ready);
    }

    private void Apply(Configuration configuration)
    {
        registry.Configure(
            configuration.DiscoveryFolders,
            configuration.Agents.Select(agent => (agent.Name, agent.Socket)),
            configuration.Agents.Where(agent => agent.Role == AgentRole.Always).Select(agent => agent.Name).ToHashSet());
        planner.Options.Fallback = configuration.Fallback;
        options.AgentTimeouts = configuration.AgentTimeouts;
        options.HoldTimeouts = configuration.HoldTimeouts;
        options.MaxConversations = configuration.Conversations;
        options.MergesKeys = configuration.MergesKeys;
        options.AllowsForwardedChanges = configuration.AllowsForwardedChanges;
        planner.Options.Rules = configuration.Rules;
        environment.Variables = configuration.Variables;
        stalePaths.Enable(configuration.HealsOldPaths);
        arrivals.Tell();
    }
}
