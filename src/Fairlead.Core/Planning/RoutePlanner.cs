using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;
using Fairlead.Core.Probing;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>Gathers the facts that a choice needs, and no more: with a single live agent there is nothing to choose.</summary>
internal sealed class RoutePlanner
{
    /// <summary>Logins inside each other, ssh localhost from ssh localhost; more exist only as mistakes.</summary>
    private const int MaxDetours = 8;

    private readonly EventLoop loop;
    private readonly AgentRegistry registry;
    private readonly LoopDetector detector;
    private readonly CallerResolver callers;
    private Route? onlyRoute;

    public RoutePlanner(BlockingWorker worker, AgentRegistry registry, LoopDetector detector)
    {
        loop = worker.Loop;
        this.registry = registry;
        this.detector = detector;
        callers = new CallerResolver(worker, LoginSessionsAsync);
    }

    /// <summary>What the person and the configuration want.</summary>
    public RoutingOptions Options { get; } = new();

    /// <inheritdoc cref="CallerResolver.PeopleMoved"/>
    public Action? PeopleMoved
    {
        get => callers.PeopleMoved;
        set => callers.PeopleMoved = value;
    }

    public async ValueTask<Route> PlanAsync(CallerIdentity identity)
    {
        await registry.RefreshAsync();
        return await WholeAsync(identity);
    }

    /// <summary>From the agents as they were just looked up.</summary>
    private async ValueTask<Route> WholeAsync(CallerIdentity identity)
    {
        Route route = registry.Agents.Count > 1 || registry.Loops.Count > 0 || !Options.AreEmpty || identity.WantsReasons
            ? await RouteAsync(await GatherAsync(identity))
            : WithoutChoice();
        return identity.IsFurtherAway ? route.ForFurtherHosts() : route;
    }

    /// <summary>
    /// The same, or only its leader where the processes above the caller tell that it leads: below a login of its own, or in a multiplexer that somebody
    /// looks at. Most requests need no other, and each login costs reading it.
    /// </summary>
    public async ValueTask<Route> LeadAsync(CallerIdentity identity)
    {
        await registry.RefreshAsync();
        bool isPlain = Options.AreEmpty && registry.Loops.Count == 0 && !registry.Agents.Exists(agent => agent.IsAlways);
        if (!isPlain || identity.WantsReasons || identity.IsFurtherAway || registry.Agents.Count < 2)
        {
            return await WholeAsync(identity);
        }

        await LearnListenersAsync();
        HashSet<int> loginPids = LoginPidsOf(registry.Agents);
        callers.NoteSessions(loginPids);
        (Caller caller, MultiplexerObservation? seen) = await callers.PlaceAsync(identity, loginPids);
        RouteFacts known = FactsOf(caller, registry.Agents, logins: null) with { Pinned = Options.PinnedOf(registry.Agents) };
        RouteStep? leader = Router.Lead(known);
        bool isCertain = leader?.Reason <= RouteReason.OwnLogin
            || (leader?.Reason == RouteReason.Attached && caller.Attachments.All(attachment => attachment.LoginPid > 0));
        return isCertain ? new Route([leader!]) { IsWhole = false } : await RouteAsync(await GatherAsync(identity, seen));
    }

    /// <summary>The route that these facts lead to.</summary>
    public ValueTask<Route> RouteAsync(RouteFacts known) => WithDetoursAsync(Router.Choose(known), []);

    /// <summary>
    /// An agent that leads back to us stands for the process here that asks through it, the ssh that a person started in some shell: what answers
    /// that shell takes its place. One that leads back through another host keeps its own: the way may have changed.
    /// </summary>
    /// <param name="passed">The processes on the way: one that is met again is a circle.</param>
    private async ValueTask<Route> WithDetoursAsync(Route route, HashSet<int> passed)
    {
        if (!route.Steps.Any(step => step.Agent.LoopEnd is not null))
        {
            return route;
        }

        var steps = new List<RouteStep>();
        foreach (RouteStep step in route.Steps)
        {
            if (!step.Agent.IsLoop)
            {
                steps.Add(step);
            }

            if (step.Agent.LoopEnd is LoopEnd end && passed.Count < MaxDetours && passed.Add(end.Pid))
            {
                RouteFacts behind = await GatherAsync(new CallerIdentity(end.Pid, end.SeenAt));
                steps.AddRange((await WithDetoursAsync(Router.Choose(behind), passed)).Steps.Select(next => next with { Detour = step }));
            }
        }

        return route with { Steps = [.. steps.DistinctBy(step => step.Agent)] };
    }

    /// <summary>
    /// Somebody has logged in. Who types and who is attached must be watched before the first request asks for it: what was not seen cannot be made up for.
    /// </summary>
    public void LookAround() => loop.Observe(LookAroundAsync());

    /// <summary>The same route each time while there is one agent: most machines, most of the time.</summary>
    private Route WithoutChoice()
    {
        if (registry.Agents.Count == 0)
        {
            return Route.Empty;
        }

        if (onlyRoute?.Leader?.Agent != registry.Agents[0])
        {
            onlyRoute = Router.Choose(new RouteFacts(Caller.Unknown, [new AgentFacts(registry.Agents[0], null)]));
        }

        return onlyRoute;
    }

    /// <param name="seen">What the caller's multiplexer has said just now; null when it was not asked.</param>
    public async ValueTask<RouteFacts> GatherAsync(CallerIdentity identity, MultiplexerObservation? seen = null)
    {
        await LearnListenersAsync();
        Agent[] agents = [.. registry.Agents, .. registry.Loops];
        (Caller caller, IReadOnlyDictionary<int, Login> logins) = await callers.ReadAsync(
            identity, LoginPidsOf(agents), LoginPidsOf(registry.Loops), Options.NeedProgram, seen);
        return Ordered(FactsOf(caller, agents, logins));
    }

    /// <summary>Who is there at this moment, whoever asks.</summary>
    public async ValueTask<RouteFacts> SurveyAsync()
    {
        await registry.RefreshAsync();
        return await GatherAsync(CallerIdentity.Nobody);
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) => callers.WantedKeysAsync(identity);

    /// <summary>The value of a variable that the caller was started with; null when it is unset or cannot be read.</summary>
    public ValueTask<string?> VariableAsync(CallerIdentity identity, string name) => callers.VariableAsync(identity, name);

    /// <summary>What the login was given at whose terminal the caller's person sits; null when nobody is seen there.</summary>
    public async ValueTask<LoginEnvironment?> EnvironmentAsync(CallerIdentity identity)
    {
        await registry.RefreshAsync();
        await LearnListenersAsync();
        (Caller caller, IReadOnlySet<int> loginPids) = await callers.FindAsync(identity, LoginPidsOf(registry.Agents));
        return Viewers.ViewingLoginOf(caller, loginPids) is ViewingLogin viewing ? await callers.EnvironmentAsync(viewing) : null;
    }

    private async Task LookAroundAsync()
    {
        await callers.LookAroundAsync();
        await registry.RefreshAsync();
        if (registry.Agents.Count(agent => agent.Source != AgentSource.Local) > 1)
        {
            await LoginSessionsAsync();
        }
        else
        {
            await callers.WatchAsync(new HashSet<int>(), LoginPidsOf(registry.Loops)); // whose agent it is need not be known
        }
    }

    /// <summary>All logins of this user that can be seen, also those without an agent.</summary>
    public ValueTask<IReadOnlyCollection<Login>> FindLoginsAsync() => callers.FindLoginsAsync();

    /// <summary>Adds what the person and the configuration want to what was found.</summary>
    private RouteFacts Ordered(RouteFacts found)
    {
        RouteFacts bounded = found with { Fallback = Options.Fallback, Pinned = Options.PinnedOf(found.Agents.Select(agent => agent.Agent)) };
        return Options.Rules.Count == 0 ? bounded : bounded with { Verdict = RoutingRule.Judge(Options.Rules, RuleInputsFactory.Of(bounded)) };
    }

    /// <summary>The session processes of the logins that have an agent now; who types in these logins is watched from now on.</summary>
    private async ValueTask<IReadOnlySet<int>> LoginSessionsAsync()
    {
        await registry.RefreshAsync();
        await LearnListenersAsync();
        HashSet<int> loginPids = LoginPidsOf(registry.Agents);
        await callers.WatchAsync(loginPids, LoginPidsOf(registry.Loops));
        return loginPids;
    }

    /// <summary>The session processes of the logins that have an agent, as far as they are known.</summary>
    private static HashSet<int> LoginPidsOf(IEnumerable<Agent> agents) =>
        [.. agents.Where(agent => agent.Source != AgentSource.Local).Select(agent => agent.Listener?.Pid ?? 0).Where(pid => pid > 0)];

    /// <summary>Who listens is known by connecting once; what nobody listens at any more drops out of the directory.</summary>
    private async ValueTask LearnListenersAsync()
    {
        Agent[] unknown = [.. registry.Agents.Where(agent => agent.Listener is null)];
        if (unknown.Length == 0)
        {
            return;
        }

        foreach (FirstContact contact in unknown.Select(detector.Probe).ToArray())
        {
            await contact.Connected.WaitAsync();
        }

        await registry.RefreshAsync();
    }

    /// <param name="logins">Null where no more than the pids of their session processes is needed.</param>
    private static RouteFacts FactsOf(Caller caller, IReadOnlyCollection<Agent> agents, IReadOnlyDictionary<int, Login>? logins) =>
        new(caller, [.. agents.Select(agent => new AgentFacts(agent, LoginOf(agent, logins)))]);

    private static Login? LoginOf(Agent agent, IReadOnlyDictionary<int, Login>? known)
    {
        // Without a pid it is of another pid namespace: several of these are not one login.
        if (agent.Source == AgentSource.Local || agent.Listener is not { Pid: > 0 } listener)
        {
            return null;
        }

        return known?.GetValueOrDefault(listener.Pid) ?? new Login(listener.Pid, null, [], null);
    }
}
