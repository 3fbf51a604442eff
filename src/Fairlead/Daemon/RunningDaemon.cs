using System.Runtime.InteropServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux;
using Fairlead.Core.Relay;
using Fairlead.Setup;

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
    private bool hasServed;

    public RunningDaemon(Configuration configuration, Placement placement, FileLock held, Func<ConfigurationResult> reload, bool logsToFile)
    {
        uint uid = CurrentProcess.Uid;
        this.reload = reload;
        facts = new FactThread(loop);
        log = new Log(facts, loop.Time, logsToFile ? placement.Log : null);
        loop.Faulted = fault => log.Write($"internal error, please report it: {fault}");

        directory = new AgentDirectory(facts, uid, loop.Time);
        var connector = new AgentConnector(loop, facts, directory, uid);
        var tracer = new LoopTracer(loop, directory, connector, options, InstanceId.Create());
        planner = new RoutePlanner(facts, directory, tracer);
        var opener = new UpstreamOpener(loop, connector, tracer, options);
        arrivals = new AgentArrivals(loop, directory);
        planner.PeopleMoved = arrivals.Tell;
        var requests = new HeldRequests(loop, arrivals, planner, options);
        var server = new AgentServer(loop, planner, opener, options, requests);
        var acceptor = new Acceptor(loop, uid, server.Serve);
        OldPathPlaces places = PlacesOf(configuration, placement);
        var files = new FileWork(facts, MayBlock(places, placement));
        var record = new HealedSocketFile(placement.Healed, places, uid);
        healed = new HealedSockets(loop, files, places, record, acceptor, log, uid) { Changed = NoteOwnSockets };
        oldPaths = new OldPathKeeper(loop, facts, directory, places, healed, new MarkedFolders(facts, files, places.SharedFolder, uid), uid);

        var rehearsal = new Rehearsal(loop, planner, opener, options);
        var reporter = new Reporter(loop, directory, planner, opener, rehearsal, server, requests, oldPaths, loop.Time.GetUtcNow()) { Socket = placement.Socket };
        var why = new WhyReporter(loop, directory, planner, rehearsal, oldPaths);
        var waits = new WaitDesk(loop, planner, opener, options, requests);
        var control = new ControlServer(loop, reporter, why, new PinDesk(directory, planner), waits, Register, loop.Stop)
        {
            Served = NoteOrders,
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
        int opened = agentSocket.Open();
        if (opened >= 0)
        {
            opened = controlSocket.Open();
        }

        NoteOwnSockets();
        return opened;
    }

    /// <summary>Serves until SIGTERM, SIGINT or a stop through the control socket. SIGHUP reads the configuration again.</summary>
    public void Run()
    {
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, loop.Stop);
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, loop.Stop);
        using PosixSignalRegistration hangUp = OnSignal(PosixSignal.SIGHUP, Reload);
        keeper.Start();
        oldPaths.Start();
        loop.Observe(GiveBackStartupPagesAsync());
        hasServed = true;
        loop.Run();
    }

    public void Dispose()
    {
        oldPaths.Dispose();
        agentSocket.Close();
        controlSocket.Close();
        keeper.Dispose();
        if (hasServed)
        {
            keeper.Release();
        }

        facts.Dispose();
        loop.Dispose();
    }

    /// <summary>Not before the first look at old paths, which is part of the start, too.</summary>
    private async Task GiveBackStartupPagesAsync()
    {
        await oldPaths.SettleAsync(FirstLook);
        StartupPages.Release();
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

    /// <summary>A command has been served: somebody may have logged in, or have pinned an agent.</summary>
    private void NoteOrders()
    {
        planner.LookAround();
        arrivals.Tell();
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
        options.MergesKeys = configuration.MergesKeys;
        options.AllowsForwardedChanges = configuration.AllowsForwardedChanges;
        planner.Orders.Rules = configuration.Rules;
        oldPaths.Enable(configuration.HealsOldPaths);
        arrivals.Tell();
    }
}
