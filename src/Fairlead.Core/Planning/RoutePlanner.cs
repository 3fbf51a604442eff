using Fairlead.Core.Activity;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
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

    private readonly AgentRegistry registry;
    private readonly AgentListeners listeners;
    private readonly CallerResolver callers;
    private RoutePlan? onlyPlan;

    public RoutePlanner(BlockingWorker worker, AgentRegistry registry, LoopDetector detector)
    {
        this.registry = registry;
        listeners = new AgentListeners(worker, registry, detector);
        var logins = new LoginReader();
        var multiplexers = new MultiplexerReader(TimeProvider.System);
        Activity = new ActivityTracker(worker, listeners, logins, multiplexers);
        callers = new CallerResolver(worker, logins, multiplexers, Activity);
    }

    /// <summary>What the person and the configuration want.</summary>
    public RoutingOptions Options { get; } = new();

    /// <summary>A choice waits for it: agents that a daemon before knew are being found again. Null for nothing to wait for.</summary>
    public LoopEvent? Found { get; set; }

    /// <summary>Who types, and who is attached.</summary>
    public ActivityTracker Activity { get; }

    /// <summary>The whole route.</summary>
    public async ValueTask<RoutePlan> PlanAsync(CallerIdentity identity)
    {
        await RefreshAsync();
        return await WholeAsync(identity);
    }

    /// <summary>
    /// The whole route, or only its leader where the processes above the caller tell that it leads: below a login of its own, or in a multiplexer that
    /// somebody looks at. Most requests need no other, and each login costs reading it. Whoever needs the others later plans again: by then the person
    /// may sit elsewhere.
    /// </summary>
    public async ValueTask<RoutePlan> PlanLeaderAsync(CallerIdentity identity)
    {
        await RefreshAsync();
        bool isPlain = Options.AreEmpty && Options.Pin is not AddressPin && registry.Loops.Count == 0 && !registry.Agents.Exists(agent => agent.IsAlways);
        if (!isPlain || identity.WantsReasons || identity.IsForwarded || registry.Agents.Count < 2)
        {
            return await WholeAsync(identity);
        }

        await listeners.LearnAsync();
        LoginPids loginPids = listeners.LoginPids;
        Activity.NoteLoginPids(loginPids);
        (LocatedCaller located, Caller shown) = await callers.LocateAsync(identity, loginPids);
        RouteFacts known = FactsOf(shown, registry.Agents, logins: null);
        known = known with { Pinned = Options.PinnedOf(known.Agents) };
        RouteStep? leader = Router.Lead(known);
        bool isCertain = leader?.Reason <= RouteReason.OwnLogin
            || (leader?.Reason == RouteReason.Attached && shown.Attachments.All(attachment => attachment.LoginPid > 0));
        return isCertain
            ? new RoutePlan(known, new Route([leader!]) { IsWhole = false })
            : await ChooseAsync(await GatherAsync(identity, located));
    }

    /// <summary>Who is there at this moment, whoever asks.</summary>
    public async ValueTask<RouteFacts> SurveyAsync()
    {
        await RefreshAsync();
        return await GatherAsync(CallerIdentity.Nobody);
    }

    /// <summary>The agents that may answer somebody, and their logins.</summary>
    public async ValueTask<IReadOnlyList<AgentFacts>> UsableAsync() => [.. (await SurveyAsync()).Agents.Where(agent => agent.Agent.IsUsable)];

    /// <summary>The keys that the caller's command line names.</summary>
    public ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) => callers.WantedKeysAsync(identity);

    /// <summary>The value of a variable that the caller was started with; null when it is unset or cannot be read.</summary>
    public ValueTask<string?> VariableAsync(CallerIdentity identity, string name) => callers.VariableAsync(identity, name);

    /// <summary>What the login was given at whose terminal the caller's person sits; null when nobody is seen there.</summary>
    public async ValueTask<LoginEnvironment?> EnvironmentAsync(CallerIdentity identity)
    {
        await RefreshAsync();
        await listeners.LearnAsync();
        Caller caller = await callers.FindAsync(identity, listeners.LoginPids);
        return Viewers.ViewingLoginOf(caller) is ViewingLogin viewing ? await callers.EnvironmentAsync(viewing) : null;
    }

    private async ValueTask RefreshAsync()
    {
        if (Found is { HasHappened: false } found)
        {
            await found.WaitAsync();
        }

        await registry.RefreshAsync();
    }

    /// <summary>From the agents as they were just looked up.</summary>
    private async ValueTask<RoutePlan> WholeAsync(CallerIdentity identity)
    {
        RoutePlan plan = registry.Agents.Count > 1 || registry.Loops.Count > 0 || !Options.AreEmpty || identity.WantsReasons
            ? await ChooseAsync(await GatherAsync(identity))
            : WithoutChoice();
        return identity.IsForwarded ? plan with { Route = plan.Route.ForForwarded() } : plan;
    }

    private async ValueTask<RoutePlan> ChooseAsync(RouteFacts known) => new(known, await WithDetoursAsync(Router.Choose(known), []));

    /// <summary>While there is one agent one plan serves every caller: most machines, most of the time.</summary>
    private RoutePlan WithoutChoice()
    {
        if (registry.Agents.Count == 0)
        {
            return RoutePlan.Empty;
        }

        if (onlyPlan?.Route.Leader?.Agent != registry.Agents[0])
        {
            var only = new RouteFacts(Caller.Unknown, [new AgentFacts(registry.Agents[0], null)]);
            onlyPlan = new RoutePlan(only, Router.Choose(only));
        }

        return onlyPlan;
    }

    /// <param name="located">What was read of the caller a moment ago; null when nothing was.</param>
    private async ValueTask<RouteFacts> GatherAsync(CallerIdentity identity, LocatedCaller? located = null)
    {
        await listeners.LearnAsync(again: true);
        Agent[] agents = [.. registry.Agents, .. registry.Loops];
        LoginPids loginPids = listeners.AllPids;
        LocatedCaller caller = located is not null && located.LoginPids.Equals(loginPids) ? located : CallerResolver.Climb(identity, loginPids);
        (Caller known, IReadOnlyDictionary<int, Login> logins) = await callers.ReadAsync(caller, Options.NeedProgram);
        return Ordered(FactsOf(known, agents, logins));
    }

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

    /// <summary>Adds what the person and the configuration want to what was found.</summary>
    private RouteFacts Ordered(RouteFacts found)
    {
        RouteFacts bounded = found with { Fallback = Options.Fallback, Pinned = Options.PinnedOf(found.Agents) };
        return Options.Rules.Count == 0 ? bounded : bounded with { Verdict = RoutingRule.Judge(Options.Rules, RuleInputsFactory.Of(bounded)) };
    }

    /// <param name="logins">Null where no more than the pids of their session processes is needed.</param>
    private static RouteFacts FactsOf(Caller caller, IReadOnlyCollection<Agent> agents, IReadOnlyDictionary<int, Login>? logins) =>
        new(caller, [.. from agent in agents from login in LoginsOf(agent, logins) select new AgentFacts(agent, login)]);

    /// <summary>Of a server that is one process for all logins, an agent may have several: sessions of one connection. Else there is one, or none that is known.</summary>
    private static IEnumerable<Login?> LoginsOf(Agent agent, IReadOnlyDictionary<int, Login>? known)
    {
        IEnumerable<Login?> logins = (agent.Owner ?? AgentOwner.Unknown).LoginPids.Select(pid => known?.GetValueOrDefault(pid) ?? new Login(pid, null, [], null));
        return logins.DefaultIfEmpty();
    }
}
