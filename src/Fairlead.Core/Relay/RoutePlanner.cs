using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>Gathers the facts that a choice needs, and no more: with a single live agent there is nothing to choose.</summary>
internal sealed class RoutePlanner(FactThread facts, AgentDirectory directory, AgentConnector connector)
{
    private readonly CallerStudy callers = new(facts);
    private Route? onlyRoute;

    /// <summary>What the person and the configuration want.</summary>
    public RouteOrders Orders { get; } = new();

    public async ValueTask<Route> PlanAsync(CallerIdentity identity)
    {
        await directory.RefreshAsync();
        Route route = directory.Agents.Count > 1 || !Orders.AreEmpty || identity.WantsReasons
            ? Router.Choose(await GatherAsync(identity))
            : WithoutChoice();
        return identity.IsFurtherAway ? route.ForFurtherHosts() : route;
    }

    /// <summary>The same route each time while there is one agent: most machines, most of the time.</summary>
    private Route WithoutChoice()
    {
        if (directory.Agents.Count == 0)
        {
            return Route.Empty;
        }

        if (onlyRoute?.Leader?.Agent != directory.Agents[0])
        {
            onlyRoute = Router.Choose(new RouteFacts(Caller.Unknown, [new AgentFacts(directory.Agents[0], null)]));
        }

        return onlyRoute;
    }

    public async ValueTask<RouteFacts> GatherAsync(CallerIdentity identity)
    {
        await LearnListenersAsync();
        Agent[] agents = [.. directory.Agents];
        HashSet<int> sessions = [.. agents.Where(agent => agent.Source != AgentSource.Local).Select(agent => agent.Listener?.Pid ?? 0).Where(pid => pid > 0)];
        (Caller caller, IReadOnlyDictionary<int, Login> logins) = await callers.ReadAsync(identity, sessions, Orders.NeedProgram);
        return Ordered(new RouteFacts(caller, [.. agents.Select(agent => new AgentFacts(agent, LoginOf(agent, logins)))]));
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity) => callers.WantedKeysAsync(identity);

    /// <summary>All logins of this user that can be seen, also those without an agent.</summary>
    public ValueTask<IReadOnlyCollection<Login>> FindLoginsAsync() => callers.FindLoginsAsync();

    /// <summary>Adds what the person and the configuration want to what was found.</summary>
    private RouteFacts Ordered(RouteFacts found)
    {
        RouteFacts bounded = found with { Fallback = Orders.Fallback, Pinned = Orders.PinnedOf(found.Agents.Select(agent => agent.Agent)) };
        return Orders.Rules.Count == 0 ? bounded : bounded with { Verdict = RoutingRule.Judge(Orders.Rules, Traits.Of(bounded)) };
    }

    /// <summary>Who listens is known by connecting once; what nobody listens at any more drops out of the directory.</summary>
    private async ValueTask LearnListenersAsync()
    {
        Agent[] unknown = [.. directory.Agents.Where(agent => agent.Listener is null)];
        if (unknown.Length == 0)
        {
            return;
        }

        await Task.WhenAll(unknown.Select(LearnListenerAsync));
        await directory.RefreshAsync();
    }

    private async Task LearnListenerAsync(Agent agent)
    {
        (_, UnixStream? stream) = await connector.ConnectAsync(agent);
        stream?.Dispose();
    }

    private static Login? LoginOf(Agent agent, IReadOnlyDictionary<int, Login> known)
    {
        // Without a pid it is of another pid namespace: several of these are not one login.
        if (agent.Source == AgentSource.Local || agent.Listener is not { Pid: > 0 } listener)
        {
            return null;
        }

        return known.GetValueOrDefault(listener.Pid) ?? new Login(listener.Pid, null, [], null);
    }
}
