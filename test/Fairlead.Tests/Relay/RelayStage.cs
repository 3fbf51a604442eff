using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Probing;
using Fairlead.Core.Relay;
using Fairlead.Core.Watching;
using Fairlead.Output;
using Microsoft.Extensions.Time.Testing;

namespace Fairlead.Tests.Relay;

/// <summary>
/// The whole relay on a loop of its own: registry, connector, planner and server at a real socket. Agents of the configuration keep their
/// order, so a test names them in the order of the route.
/// </summary>
internal sealed class RelayStage : IDisposable
{
    private readonly LoopThread thread;
    private readonly BlockingWorker worker;
    private readonly UnixListener listener;
    private readonly List<FakeAgent> agents = [];

    private readonly FakeTimeProvider? clock;

    /// <param name="clock">Time stands still unless the test moves it: <see cref="AdvanceAsync"/>.</param>
    public RelayStage(string instanceId = "ourselves", FakeTimeProvider? clock = null)
    {
        this.clock = clock;
        Options = new RelayOptions { AgentTimeouts = clock is null ? new AgentTimeouts { Answer = Deadline.Length } : new AgentTimeouts() };
        thread = new LoopThread(clock);
        EventLoop loop = thread.Loop;
        worker = new BlockingWorker(loop);
        Registry = new AgentRegistry(worker, CurrentProcess.Uid, TimeProvider.System);
        var connector = new AgentConnector(loop, worker, Registry, CurrentProcess.Uid);
        var reader = new ReachReader(worker);
        var detector = new LoopDetector(loop, Registry, connector, reader, Options, instanceId);
        Planner = new RoutePlanner(worker, Registry, detector);
        Arrivals = new AgentArrivals(loop, Registry);
        Queue = new WaitQueue(loop, Arrivals, Planner, Options);
        Opener = new UpstreamOpener(loop, connector, detector, reader, Options);
        Feed = new RequestFeed(worker);
        Desk = new AskingDesk(loop);
        Server = new AgentServer(loop, Planner, Opener, Options, Queue) { Feed = Feed, Asking = () => new PersonAsking(worker, Desk, Options) };
        listener = thread.RunAsync(Listen).GetAwaiter().GetResult();
    }

    public TempFolder Folder { get; } = new();

    public AgentRegistry Registry { get; }

    public RoutePlanner Planner { get; }

    public UpstreamOpener Opener { get; }

    public AgentArrivals Arrivals { get; }

    /// <summary>Who is held at this moment.</summary>
    public WaitQueue Queue { get; }

    public AgentServer Server { get; }

    public RequestFeed Feed { get; }

    /// <summary>Asks the person, who is there only if the test says so.</summary>
    public AskingDesk Desk { get; }

    /// <summary>With the time of a loaded machine nobody is taken for silent; with a clock of its own a test may say who is.</summary>
    public RelayOptions Options { get; }

    public LoopThread Thread => thread;

    /// <summary>The relay's own socket.</summary>
    public string Socket => Folder["fairlead.sock"];

    /// <summary>An agent that goes when the stage does.</summary>
    public FakeAgent Add(string name, Func<byte[], FakeReply> answer) => Add(new FakeAgent(Folder[name], answer));

    public FakeAgent Add(FakeAgent agent)
    {
        agents.Add(agent);
        return agent;
    }

    public FakeAgent AddWithKeys(string name, params string[] keys) => Add(name, FakeAgent.Holding(keys));

    /// <summary>Makes these the agents there are, in the order in which routes name them.</summary>
    public Task ConfigureAsync(params FakeAgent[] order) => ConfigureAsync([.. order.Select(agent => agent.Path)]);

    public Task ConfigureAsync(params string[] paths) =>
        thread.RunAsync(() => Registry.Configure([], paths.Select(path => (Path.GetFileName(path), path))));

    /// <summary>Reads agents from folders, as sshd leaves them.</summary>
    public Task ConfigureFoldersAsync(params string[] folders) => thread.RunAsync(() => Registry.Configure(folders, []));

    public RelayClient Connect() => new(Socket);

    public Task<RefusedSocket[]> RefusedAsync() => thread.RunAsync(async ValueTask<RefusedSocket[]> () =>
    {
        await Registry.RefreshAsync();
        return [.. Registry.Refused];
    });

    /// <summary>Moves the clock; what is due then has happened when this returns.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        await thread.TurnAsync(); // what a request that was seen has led to is done, its timers set
        clock!.Advance(time);
        await thread.TurnAsync();
        await thread.TurnAsync(); // timers fire after what was posted
    }

    /// <summary>Waits until the relay has done what was there to do.</summary>
    public Task IdleAsync() => thread.RunAsync(async ValueTask<bool> () =>
    {
        await thread.Loop.YieldAsync();
        return true;
    });

    /// <summary>How long this agent is waited for.</summary>
    public Task<TimeSpan> AnswerLimitAsync(FakeAgent agent) =>
        thread.RunAsync(() => Options.AgentTimeouts.AnswerOf(Known(agent).Health.Usual));

    /// <summary>What the kernel says of the connection that this agent's login came over.</summary>
    public Task ReachAsync(FakeAgent agent, Func<TcpAcknowledgement?> kernel) => thread.RunAsync(async ValueTask<bool> () =>
    {
        await Registry.RefreshAsync();
        Known(agent).Reach = new Reachability(kernel);
        return true;
    });

    /// <summary>The word for how this agent is.</summary>
    public Task<string> StateAsync(FakeAgent agent) => thread.RunAsync(() => AgentState.Of(Known(agent)));

    /// <summary>Waits until so many requests wait for this agent, which is busy.</summary>
    public Task QueuedAsync(FakeAgent agent, int count = 1) => UntilAsync(() => Known(agent).Health.Waiting == count);

    /// <summary>Waits until this agent owes an answer that a person may be asked for.</summary>
    public Task BusyAsync(FakeAgent agent) => UntilAsync(() => Known(agent).Health.IsBusy);

    /// <summary>Waits until this agent has answered whether it leads back.</summary>
    public Task ProbedAsync(FakeAgent agent) => UntilAsync(() => Known(agent) is { IsProbed: true, FirstContact.HasEnded: true });

    /// <summary>Waits until so many requests are held, and have asked again since.</summary>
    public async Task HeldAsync(int count)
    {
        await UntilAsync(() => Queue.All.Count == count);
        await UntilAsync(() => Queue.All.All(waiter => waiter.IsWaiting));
    }

    /// <summary>Waits until so many conversations are under way.</summary>
    public Task ConversationsAsync(int count) => UntilAsync(() => Server.Conversations == count);

    public void Dispose()
    {
        agents.ForEach(agent => agent.Dispose());
        thread.RunAsync(listener.Dispose).GetAwaiter().GetResult();
        worker.Dispose();
        thread.Dispose();
        Folder.Dispose();
        Assert.Empty(thread.Faults);
    }

    private Agent Known(FakeAgent agent) => Registry.Agents.Single(known => known.Path == agent.Path);

    /// <summary>Each pass of the loop lets it look again.</summary>
    private async Task UntilAsync(Func<bool> holds)
    {
        using var late = new CancellationTokenSource(Deadline.Length);
        while (!await thread.RunAsync(holds))
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private UnixListener Listen()
    {
        UnixListener adopted = UnixListener.Adopt(thread.Loop, UnixListener.Bind(Socket));
        new Acceptor(thread.Loop, CurrentProcess.Uid, Server.Serve).AcceptFrom(adopted);
        return adopted;
    }
}
