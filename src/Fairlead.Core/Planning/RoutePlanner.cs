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

/// <summary>Gathers the facts that a choice needs, and no more: with one live agent there is nothing to choose.</summary>
internal sealed class RoutePlanner
{
    /// <summary>Logins inside each other, ssh localhost from ssh localhost; more exist only by mistake.</summary>
    private const int MaxDetours = 8;

    /// <summary>How long ago the folders of logins may have been looked at.</summary>
    private static readonly TimeSpan FolderAge = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a login that is too new for its agent to be known waits for the folders to be read.</summary>
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>For the files that say which servers are known.</summary>
    private static readonly TimeSpan HostTimeout = TimeSpan.FromMilliseconds(250);

    private readonly AgentRegistry registry;
    private readonly AgentListeners listeners;
    private readonly CallerResolver callers;
    private readonly BlockingWorker worker;
    private RoutePlan? onlyPlan;

    public RoutePlanner(BlockingWorker worker, AgentRegistry registry, LoopDetector detector)
    {
        this.registry = registry;
        this.worker = worker;
        listeners = new AgentListeners(worker, registry, detector);
        var logins = new LoginReader();
        var multiplexers = new MultiplexerReader(TimeProvider.System);
        Activity = new ActivityTracker(worker, listeners, logins, multiplexers);
        callers = new CallerResolver(worker, logins, multiplexers, Activity);
    }

    /// <summary>What the person and the configuration want.</summary>
    public RoutingOptions Options { get; } = new();

    /// <summary>A choice waits for this search for agents that an earlier daemon knew. Null if there is nothing to wait for.</summary>
    public LoopEvent? Found { get; set; }

    /// <summary>Who types and who is attached.</summary>
    public ActivityTracker Activity { get; }

    /// <summary>The whole route.</summary>
    public async ValueTask<RoutePlan> PlanAsync(CallerIdentity identity)
    {
        await RefreshAsync(identity);
        return await WholeAsync(identity);
    }

    /// <summary>
    /// The whole route, or only its leader if the processes above the caller decide it: below a login of its own, or in a multiplexer that
    /// somebody looks at. Most requests need no other agent, and each login costs a reading. A caller that needs the others later plans
    /// again, because by then the person may sit elsewhere.
    /// </summary>
    public async ValueTask<RoutePlan> PlanLeaderAsync(CallerIdentity identity)
    {
        await RefreshAsync(identity);
        bool isPlain = Options.AreEmpty && Options.Pin is not LaptopPin && registry.Loops.Count == 0 && !registry.Agents.Exists(agent => agent.IsAlways);
        if (!isPlain || identity.WantsReasons || identity.IsForwarded || (registry.Agents.Count < 2 && !registry.IsBehind))
        {
            return await WholeAsync(identity);
        }

        await listeners.LearnAsync();
        LoginPids loginPids = listeners.LoginPids;
        Activity.NoteLoginPids(loginPids);
        (LocatedCaller located, Caller shown) = await callers.LocateAsync(identity, loginPids);
        if (registry.Agents.Count < 2 && shown.Attachments.Count == 0)
        {
            return await WholeAsync(identity); // an agent that is not known yet could only be its own login's
        }

        RouteFacts known = FactsOf(shown, registry.Agents, logins: null);
        known = known with { Pinned = Options.PinnedOf(known.Agents) };
        RouteStep? leader = Router.Lead(known);
        bool isCertain = leader?.Reason <= RouteReason.OwnLogin
            || (leader?.Reason == RouteReason.Attached && shown.Attachments.All(attachment => attachment.LoginPid > 0));
        if (isCertain)
        {
            return new RoutePlan(known, new Route([leader!]) { IsWhole = false });
        }

        bool isShownElsewhere = shown.Attachments.Any(attachment => attachment.LoginPid == 0);
        if (isShownElsewhere && registry.IsBehind && await registry.CatchUpAsync(CatchUpTimeout))
        {
            return await WholeAsync(identity); // somebody may look at it from a login that has just begun
        }

        return await ChooseAsync(await GatherAsync(identity, located));
    }

    /// <summary>Reads the rules again if nobody says when they have changed.</summary>
    public ValueTask RenewAsync() => Options.Renew?.Invoke() ?? ValueTask.CompletedTask;

    /// <summary>What the rules say of a request, with all that is known of it.</summary>
    public async ValueTask<Decision> DecideAsync(CallerIdentity identity)
    {
        if (Options.Rules.Count == 0)
        {
            return Decision.None;
        }

        await RefreshAsync(identity);
        RouteFacts facts = await GatherAsync(identity);
        return facts.Policy;
    }

    /// <summary>Who is there at this moment, whoever asks.</summary>
    public async ValueTask<RouteFacts> SurveyAsync()
    {
        await RefreshAsync(CallerIdentity.Nobody);
        return await GatherAsync(CallerIdentity.Nobody);
    }

    /// <summary>The agents that may answer somebody, and their logins.</summary>
    public async ValueTask<IReadOnlyList<AgentFacts>> UsableAsync() => [.. (await SurveyAsync()).Agents.Where(agent => agent.Agent.IsUsable)];

    /// <summary>Programs that are connected to the agents of logins, past fairlead; none if they could not be found in time.</summary>
    public ValueTask<IReadOnlyList<DirectClient>> FindDirectClientsAsync() =>
        DirectClient.FindAsync(worker, registry.Agents.Where(agent => agent.Source != AgentSource.Local).Select(agent => agent.Path).ToHashSet());

    /// <summary>The keys that the caller's command line names.</summary>
    public ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) => callers.WantedKeysAsync(identity);

    /// <summary>The value of a variable that the caller was started with; null when it is unset or cannot be read.</summary>
    public ValueTask<string?> VariableAsync(CallerIdentity identity, string name) => callers.VariableAsync(identity, name);

    /// <summary>A caller and the terminals that show it, among all logins.</summary>
    /// <returns>The caller without its environments.</returns>
    public async ValueTask<Caller> FindAsync(CallerIdentity identity)
    {
        await listeners.LearnAsync();
        return await callers.FindAsync(identity, listeners.LoginPids);
    }

    /// <summary>The first rule that restricts a program and, by the programs above it or its variables, may be for this one; null if none is.</summary>
    public async ValueTask<PolicyRule?> FindRestrictionAsync(CallerIdentity identity)
    {
        RuleInputs inputs = RuleInputsFactory.Of(await GatherAsync(identity), identity);
        return Options.Rules.FirstOrDefault(rule => rule.Restricts && rule.When.MayNameProgramOf(inputs));
    }

    /// <summary>
    /// The environment that the login received whose terminal the caller's person sits at; null if no terminal shows the caller.
    /// </summary>
    public async ValueTask<LoginEnvironment?> EnvironmentAsync(CallerIdentity identity)
    {
        await RefreshAsync(identity);
        Caller caller = await FindAsync(identity);
        return Viewers.ViewingLoginOf(caller) is ViewingLogin viewing ? await callers.EnvironmentAsync(viewing) : null;
    }

    /// <summary>
    /// A request waits for folders that are still being read only if that may change the answer: below a login that is newer than the
    /// reading, or with no agent at all. Reports also wait.
    /// </summary>
    private async ValueTask RefreshAsync(CallerIdentity identity)
    {
        if (Found is { HasHappened: false } found)
        {
            await found.WaitAsync();
        }

        bool needsAll = identity.WantsReasons || identity == CallerIdentity.Nobody;
        await registry.RefreshAsync(needsAll || registry.Agents.Count == 0 ? TimeSpan.Zero : FolderAge);
        if (registry.IsBehind && (needsAll || registry.Agents.Count == 0 || CallerResolver.IsInNewLogin(identity, registry.ReadAt)))
        {
            await registry.CatchUpAsync(CatchUpTimeout);
        }
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

    /// <summary>With one agent, one plan serves every caller: that is most machines, most of the time.</summary>
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

    /// <param name="located">What was read of the caller a moment ago; null if nothing was.</param>
    private async ValueTask<RouteFacts> GatherAsync(CallerIdentity identity, LocatedCaller? located = null)
    {
        await listeners.LearnAsync(again: true);
        Agent[] agents = [.. registry.Agents, .. registry.Loops];
        LoginPids loginPids = listeners.AllPids;
        LocatedCaller caller = located is not null && located.LoginPids.Equals(loginPids) ? located : CallerResolver.Climb(identity, loginPids);
        CallerNeeds needs = Options.Needs;
        bool isChoice = agents.Length > 1 || Options.Fallback != FallbackMode.Any || Options.Pin is LaptopPin || identity.WantsReasons || identity == CallerIdentity.Nobody;
        needs = needs with { Place = needs.Place || isChoice };
        (Caller known, IReadOnlyDictionary<int, Login> logins) = await callers.ReadAsync(caller, needs);
        RouteFacts found = FactsOf(known, agents, logins);
        if (needs.Place)
        {
            Options.Name(found.Agents);
        }

        return await OrderedAsync(found, identity);
    }

    /// <summary>
    /// An agent that leads back to us stands for the process here that asks through it, the ssh that a person started in some shell: the
    /// agents for that shell take its place. An agent that leads back through another host keeps its own place, because the way may have
    /// changed.
    /// </summary>
    /// <param name="passed">The processes on the way: one that appears twice is a circle.</param>
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

    /// <summary>Adds the wishes of the person and the configuration to the facts.</summary>
    private async ValueTask<RouteFacts> OrderedAsync(RouteFacts found, CallerIdentity identity)
    {
        RouteFacts bounded = found with { Fallback = Options.Fallback, Pinned = Options.PinnedOf(found.Agents) };
        if (Options.Rules.Count == 0)
        {
            return bounded;
        }

        RuleInputs inputs = await WithHostAsync(RuleInputsFactory.Of(bounded, identity), identity);
        return bounded with { Policy = Decision.Of(Options.Rules, inputs) };
    }

    /// <summary>A login of which no server is known may be one on any: its caller left out the bind. So may be what cannot be read.</summary>
    private async ValueTask<RuleInputs> WithHostAsync(RuleInputs inputs, CallerIdentity identity)
    {
        IReadOnlyCollection<string> named = Options.Hosts;
        if (named.Count == 0 || (identity.Host is null && identity.Signature is not { Namespace: null }))
        {
            return inputs;
        }

        IReadOnlyCollection<string>? names = identity.Host is BoundHost host
            ? await worker.RunAsync<IReadOnlyCollection<string>?>(() => NamesOf(host, named), HostTimeout)
            : null;
        return names is null
            ? inputs with { Unread = inputs.Unread | RuleInput.Host }
            : inputs with { Host = new RuleHost(names, identity.Host!.IsProven) };
    }

    private IReadOnlyCollection<string>? NamesOf(BoundHost host, IReadOnlyCollection<string> named) =>
        host == BoundHost.Unknown ? [] : Options.FindHosts(host.Key, named);

    /// <param name="logins">Null if only the pids of their session processes are needed.</param>
    private static RouteFacts FactsOf(Caller caller, IReadOnlyCollection<Agent> agents, IReadOnlyDictionary<int, Login>? logins) =>
        new(caller, [.. from agent in agents from login in LoginsOf(agent, logins) select new AgentFacts(agent, login)]);

    /// <summary>
    /// Below a server that serves all logins from one process, an agent may have several: sessions of one connection. Otherwise there is
    /// one, or none is known.
    /// </summary>
    private static IEnumerable<Login?> LoginsOf(Agent agent, IReadOnlyDictionary<int, Login>? known)
    {
        IEnumerable<Login?> logins = (agent.Owner ?? AgentOwner.Unknown).LoginPids.Select(pid => known?.GetValueOrDefault(pid) ?? new Login(pid, null, [], null));
        return logins.DefaultIfEmpty();
    }
}
