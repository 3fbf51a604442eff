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
using Fairlead.Output;
using Fairlead.Records;
using Fairlead.Settings;
using Fairlead.Ssh;
using Fairlead.StalePaths;

namespace Fairlead.Daemon;

/// <summary>The daemon between its start and its end: the loop and everything on it.</summary>
internal sealed class RunningDaemon : IDisposable
{
    /// <summary>What the first look may take, on a machine with thousands of processes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);

    /// <summary>What the daemon before gets to let go of its files.</summary>
    private static readonly TimeSpan LettingGo = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ReloadTimeout = TimeSpan.FromSeconds(5);

    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly BlockingWorker worker;
    private readonly Log log;
    private readonly AgentRegistry registry;
    private readonly LoginRegistration registration;
    private readonly RoutePlanner planner;
    private readonly AgentArrivals arrivals;
    private readonly DaemonLocation location;
    private readonly DaemonLocations locations;
    private readonly ServedSockets sockets;
    private readonly SocketKeeper keeper;
    private readonly StalePathSockets staleSockets;
    private readonly StalePathKeeper stalePaths;
    private readonly RelayOptions options = new();
    private readonly Func<ConfigurationResult> reload;
    private readonly DaemonOrigin origin;
    private readonly Successor successor;
    private readonly LastProcessWatch lastProcess;
    private readonly RestartHandler restart;
    private readonly ProgramWatch program;
    private readonly WaitQueue waitQueue;
    private readonly AgentServer server;
    private readonly ControlServer control;
    private readonly EventsHandler events;
    private readonly RequestRecorder recorder;
    private readonly PersonDesk person;
    private readonly EnvironmentHandler environment;
    private readonly FileWork files;
    private readonly RefreshStamp refreshStamp;
    private readonly MemoryReturn memory;
    private readonly LookingAround lookingAround;
    private bool hasServed, stays;

    /// <param name="location">Where it is.</param>
    /// <param name="locations">Where else it, or another one, could be.</param>
    public RunningDaemon(
        Configuration configuration, DaemonLocation location, DaemonLocations locations, FileLock held, Func<ConfigurationResult> reload, DaemonOrigin origin)
    {
        uint uid = CurrentProcess.Uid;
        this.location = location;
        this.locations = locations;
        this.reload = reload;
        this.origin = origin;
        worker = new BlockingWorker(loop);
        log = new Log(worker, loop.Time, origin.LogsToFile ? location.State.Log : null);
        successor = new Successor(loop, worker, origin.Program, origin.Notice);
        lastProcess = new LastProcessWatch(loop, worker, () => OtherProcesses.FindOldest(uid), Leave);
        memory = new MemoryReturn(loop, worker, origin.Pages);
        loop.Loaded = memory.NoteUse;
        loop.Faulted = fault => log.Write($"internal error, please report it: {Failure.Describe(fault)}");

        registry = new AgentRegistry(worker, uid, loop.Time);
        var connector = new AgentConnector(loop, worker, registry, uid);
        var reader = new ReachReader(worker);
        var detector = new LoopDetector(loop, registry, connector, reader, options, RandomName.Create());
        registration = new LoginRegistration(worker, registry, detector);
        planner = new RoutePlanner(worker, registry, detector) { Options = { FindHosts = (key, named) => KnownHosts.Find(Surroundings.Read(), key, named) } };
        var opener = new UpstreamOpener(loop, connector, detector, reader, options);
        arrivals = new AgentArrivals(loop, registry);
        planner.Activity.Noted = NoteMoved;
        lookingAround = new LookingAround(loop, LookAround, planner.Activity.LookAtMultiplexers);
        waitQueue = new WaitQueue(loop, arrivals, planner, options);
        var feed = new RequestFeed(worker);
        events = new EventsHandler(loop, feed, planner);
        recorder = new RequestRecorder(worker, feed, planner);
        person = new PersonDesk(worker, planner, options, origin.Program);
        server = new AgentServer(loop, planner, opener, options, waitQueue) { Ended = NoteEnded, Feed = feed, Asking = person.Begin };
        var acceptor = new Acceptor(loop, uid, server.Serve);
        StalePathPatterns patterns = StalePathPlaces.PatternsOf(configuration, location);
        files = new FileWork(worker, StalePathPlaces.MayBlock(patterns, location));
        var record = new StalePathRecord(StalePathPlaces.RecordsOf(location, locations), patterns, uid);
        staleSockets = new StalePathSockets(loop, files, patterns, record, acceptor, log.Write, uid) { Changed = NoteOwnSockets };
        stalePaths = new StalePathKeeper(loop, worker, registry, patterns, staleSockets, new StalePathMarks(worker, files, uid), uid);

        var dryRun = new DryRun(loop, planner, opener, options);
        environment = new EnvironmentHandler(planner);
        refreshStamp = new RefreshStamp(location.State.RefreshStamp);
        keeper = new SocketKeeper(loop, location.State, location.Socket, held, log)
        {
            Remade = NoteOwnSockets,
            Superseded = loop.Stop,
            Unreachable = () => loop.Observe(GiveWayOrMoveAsync()),
        };
        var controlAcceptor = new Acceptor(loop, uid, client => control!.Serve(client));
        sockets = new ServedSockets(loop, location, locations, acceptor, controlAcceptor, keeper) { Added = NoteFurtherSocket };
        restart = new RestartHandler(successor, origin, keeper, sockets, stalePaths, registry, planner.Options, person.Desk, log)
        {
            Agent = location.Socket,
            Reload = Reload,
            HandedOver = EndSoon,
        };
        program = new ProgramWatch(loop, worker, origin.Program, restart);
        control = new ControlServer(
            loop,
            [
                new StatusHandler(loop, registry, planner, dryRun, server, waitQueue, stalePaths, person.Desk) { Socket = location.Socket, Troubles = new DaemonTroubles(keeper, record, recorder).Find },
                new ListHandler(loop, planner, opener),
                new WhyHandler(loop, registry, dryRun, stalePaths, person.Desk),
                environment,
                new PinHandler(planner),
                new UnpinHandler(planner),
                new WaitHandler(loop, planner, opener, options, waitQueue),
                events,
                .. person.Handlers,
                new RegisterHandler(registration, arrivals, stalePaths),
                restart,
                new StopHandler(loop.Stop),
            ])
        {
            Served = NoteServed,
        };
        Apply(configuration);
    }

    /// <inheritdoc cref="ServedSockets.OpenAgents"/>
    /// <exception cref="SystemCallException">There is no thread to be had for what may block.</exception>
    public int OpenAgentSockets()
    {
        SystemCallException.ThrowIfFailed(worker.TryStart() ? 0 : -Errno.EAGAIN, "a thread cannot be started");
        return sockets.OpenAgents(origin.HandoverState);
    }

    /// <summary>Listens at the control socket, and takes over all else that was handed over. Zero, or minus errno.</summary>
    public int OpenControlSockets()
    {
        HandoverState handover = origin.HandoverState;
        _ = keeper.WriteLink();
        int opened = sockets.OpenControl(handover);
        if (opened < 0)
        {
            return opened;
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
    /// <param name="signals">Those three.</param>
    /// <param name="tellStarter">Called when it serves.</param>
    /// <param name="later">Work on files for a moment in which the daemon before has let go of its own.</param>
    public void Run(HeldSignals signals, Action tellStarter, Action? later)
    {
        using LoopDescriptor delivery = signals.Deliver(loop, Heed);
        tellStarter();
        keeper.Start();
        sockets.FollowHostName();
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

        lastProcess.IsWanted = MayLeave;
        NoteMoved(); // while no daemon ran nobody noted who attached
        loop.Observe(EndStartAsync());
        if (later is not null)
        {
            loop.Schedule(LettingGo, () => loop.Observe(DoLaterAsync(later)));
        }

        hasServed = true;
        loop.Run();
    }

    public void Dispose()
    {
        lastProcess.Dispose();
        successor.Dispose();
        stalePaths.Dispose();
        sockets.Close(keepsInherited: !hasServed);
        keeper.Dispose();
        if (hasServed && !restart.IsHandedOver)
        {
            origin.Notice.Tell(SystemdNotice.Stopping);
            keeper.RemoveLink();
            keeper.Release();
        }

        worker.Dispose();
        loop.Dispose();
    }

    /// <summary>What the first answers need not wait for. Old paths and lost logins are found in the same variables of all processes.</summary>
    private async Task EndStartAsync()
    {
        await (planner.Found?.WaitAsync() ?? ValueTask.CompletedTask);
        stalePaths.Start();
        await stalePaths.SettleAsync(FirstLook);
        memory.NoteUse();
    }

    private async Task DoLaterAsync(Action work) => _ = await worker.RunAsync(
        () =>
        {
            work();
            return true;
        },
        FirstLook);

    private void NoteFurtherSocket(string path)
    {
        NoteOwnSockets();
        log.Write($"the host has a new name; serving {path} as well");
    }

    /// <summary>One that nobody can reach gives way to one that can be reached. Without such a one commands find it at the next place, or somebody starts a second.</summary>
    private async Task GiveWayOrMoveAsync()
    {
        if (await worker.RunAsync(() => DaemonSearch.List(locations).Any(other => other.Pid != CurrentProcess.Pid), FirstLook))
        {
            loop.Stop();
        }
        else if (!restart.IsHandedOver && sockets.ServeControlElsewhere() is { } control)
        {
            NoteOwnSockets();
            log.Write($"commands find this daemon at {control} meanwhile");
        }
    }

    private void NoteServed(ServedClient client)
    {
        program.NoteCommand(client.Access);
        lookingAround.Note(client);
        NoteEnded();
    }

    private void LookAround()
    {
        planner.Activity.LookAround();
        arrivals.Tell();
    }

    /// <summary>Somebody has attached to a session, or turned to it: who waits may be answered, and the variables of its panes may be others.</summary>
    private void NoteMoved()
    {
        arrivals.Tell();
        DateTimeOffset now = loop.Time.GetUtcNow();
        loop.Observe(files.DoAsync(() => refreshStamp.Change(now)).AsTask());
    }

    /// <summary>One that was started by hand, or by systemd, ends as it was started.</summary>
    private bool MayLeave => origin.LogsToFile && !stays;

    private void Leave()
    {
        log.Write("no other process of this user is left; the daemon ends, and the next login starts it");
        loop.Stop();
    }

    /// <summary>Another daemon serves: who watches asks that one, and what is under way here gets the time that a person and a busy agent get.</summary>
    private void EndSoon()
    {
        events.EndAll();
        lastProcess.IsWanted = false;
        NoteEnded(); // nobody may be there
        EndWhenNothingIsHeld();
        planner.Options.Renew = RenewRulesAsync; // nobody tells this process any more when they change
    }

    /// <summary>A request that is held until somebody comes may be held for hours yet: after that time it looks again.</summary>
    private void EndWhenNothingIsHeld() => loop.Schedule(options.AgentTimeouts.Person + options.AgentTimeouts.Busy, () =>
    {
        Action next = waitQueue.All.Count == 0 ? loop.Stop : EndWhenNothingIsHeld;
        next();
    });

    /// <summary>A conversation or a command is over; after a handover the daemon ends with the last.</summary>
    private void NoteEnded()
    {
        memory.NoteUse();
        if (restart.IsHandedOver && server.Conversations + control.Clients == 0)
        {
            loop.Stop();
        }
    }

    private void Heed(int signal)
    {
        if (signal == LibC.SIGHUP)
        {
            Reload();
        }
        else
        {
            loop.Stop();
        }
    }

    private void NoteOwnSockets()
    {
        registry.OwnSockets.Clear();
        registry.OwnSockets.UnionWith(sockets.Identities.Concat(staleSockets.All.Select(socket => socket.File.Identity)));
        registry.Reconsider();
    }

    private void Reload()
    {
        if (!restart.TakesReload())
        {
            loop.Observe(ReloadAsync());
        }
    }

    /// <summary>Read beside the loop: the file may be on a dead file server.</summary>
    private async Task ReloadAsync()
    {
        origin.Notice.Tell(SystemdNotice.Reloading);
        ConfigurationResult? read = await worker.RunAsync(reload, ReloadTimeout);
        if (read?.Configuration is Configuration configuration)
        {
            Apply(configuration);
            log.Write("read the configuration again");
        }
        else
        {
            log.Write($"the configuration is unchanged: {(read is null ? "it could not be read in time" : string.Join("; ", read.Errors))}");
        }

        origin.Notice.Tell(SystemdNotice.Ready);
    }

    private async ValueTask RenewRulesAsync() =>
        RelayConfiguration.RenewRules(await worker.RunAsync(reload, ReloadTimeout), planner.Options);

    private void Apply(Configuration configuration)
    {
        RelayConfiguration.Apply(configuration, registry, options, planner.Options, person.Desk);
        environment.Variables = configuration.Variables;
        recorder.Target = configuration.LogTo is { } log ? new RecordTarget(log) : null;
        stalePaths.Enable(configuration.HealsOldPaths);
        stays = configuration.Stays;
        if (hasServed)
        {
            lastProcess.IsWanted = MayLeave;
        }

        arrivals.Tell();
    }
}
