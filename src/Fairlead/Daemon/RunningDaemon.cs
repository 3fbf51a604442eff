using System.Runtime.InteropServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Linux;
using Fairlead.Core.Relay;
using Fairlead.Setup;

namespace Fairlead.Daemon;

/// <summary>The daemon between its start and its end: the loop and everything on it.</summary>
internal sealed class RunningDaemon : IDisposable
{
    private readonly EventLoop loop = new(TimeProvider.System);
    private readonly FactThread facts;
    private readonly Log log;
    private readonly AgentDirectory directory;
    private readonly RoutePlanner planner;
    private readonly ServedSocket agentSocket;
    private readonly ServedSocket controlSocket;
    private readonly SocketKeeper keeper;
    private readonly RelayOptions options = new();
    private readonly Func<ConfigurationResult> reload;

    public RunningDaemon(Configuration configuration, Placement placement, FileLock held, Func<ConfigurationResult> reload, bool logsToFile)
    {
        uint uid = CurrentProcess.Uid;
        this.reload = reload;
        facts = new FactThread(loop);
        log = new Log(facts, loop.Time, logsToFile ? placement.Log : null);
        loop.Faulted = fault => log.Write($"internal error, please report it: {fault}");

        directory = new AgentDirectory(facts, uid, loop.Time);
        var connector = new AgentConnector(loop, facts, directory, uid);
        planner = new RoutePlanner(facts, directory, connector);
        var tracer = new LoopTracer(loop, directory, connector, InstanceId.Create());
        var opener = new UpstreamOpener(connector, tracer);
        var server = new AgentServer(loop, planner, opener, tracer, options);
        var rehearsal = new Rehearsal(loop, planner, opener, tracer, options);
        var reporter = new Reporter(loop, directory, planner, opener, rehearsal, server, loop.Time.GetUtcNow()) { Socket = placement.Socket };
        var why = new WhyReporter(loop, directory, planner, rehearsal);
        var control = new ControlServer(loop, reporter, why, new PinDesk(directory, planner), directory.Register, loop.Stop);

        agentSocket = new ServedSocket(loop, placement.Socket, new Acceptor(loop, uid, server.Serve));
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
        StartupPages.Release();
        loop.Run();
    }

    public void Dispose()
    {
        agentSocket.Close();
        controlSocket.Close();
        keeper.Dispose();
        facts.Dispose();
        loop.Dispose();
    }

    private PosixSignalRegistration OnSignal(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        loop.Post(action);
    });

    private void NoteOwnSockets()
    {
        directory.OwnSockets.Clear();
        foreach (ServedSocket socket in new[] { agentSocket, controlSocket })
        {
            if (socket.Identity is FileIdentity identity)
            {
                directory.OwnSockets.Add(identity);
            }
        }
    }

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
        options.MergesKeys = configuration.MergesKeys;
        options.AllowsForwardedChanges = configuration.AllowsForwardedChanges;
        planner.Orders.Rules = configuration.Rules;
    }
}
