using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>Gathers the facts that a choice needs, and no more: with a single live agent there is nothing to choose.</summary>
internal sealed class RoutePlanner(FactThread facts, AgentDirectory directory, AgentConnector connector)
{
    /// <summary>A stuck /proc or file server costs a choice this much; then it is made from what is known.</summary>
    private static readonly TimeSpan FactDeadline = TimeSpan.FromMilliseconds(250);

    /// <summary>A multiplexer has its own patience; the rest is for a fact thread that is busy.</summary>
    private static readonly TimeSpan MultiplexerDeadline = MultiplexerReader.Patience + FactDeadline;

    private readonly LoginReader logins = new();
    private readonly MultiplexerReader multiplexers = new(TimeProvider.System);
    private readonly AttachmentMemory attachments = new();
    private Route? onlyRoute;

    /// <summary>What the person and the configuration want.</summary>
    public RouteOrders Orders { get; } = new();

    public async ValueTask<Route> PlanAsync(CallerIdentity identity)
    {
        await directory.RefreshAsync();
        return directory.Agents.Count > 1 || !Orders.AreEmpty || identity.WantsReasons
            ? Router.Choose(await GatherAsync(identity))
            : WithoutChoice();
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
        HashSet<int> sessions = [.. agents.Where(agent => agent.Source != AgentSource.Local).Select(agent => agent.Listener?.Pid ?? 0)];
        Caller caller = CallerReader.Read(identity.Pid, identity.AcceptedAt, sessions);
        bool needProgram = Orders.NeedProgram;
        (Caller? Caller, Dictionary<int, Login>? Logins) known = await facts.AskAsync(
            () => (ReadFurther(caller, needProgram), sessions.ToDictionary(pid => pid, logins.Read)), FactDeadline);
        caller = await WithAttachmentsAsync(known.Caller ?? caller, sessions);
        return Ordered(new RouteFacts(caller, [.. agents.Select(agent => new AgentFacts(agent, LoginOf(agent, known.Logins)))]));
    }

    /// <summary>Where the caller's multiplexer shows it. A caller that has a login above it is asked no more.</summary>
    private async ValueTask<Caller> WithAttachmentsAsync(Caller caller, HashSet<int> sessions)
    {
        if (caller.Ancestors.Count == 0 || (caller.Multiplexer is null && caller.Ancestors.Any(sessions.Contains)))
        {
            return caller;
        }

        (Caller? Caller, MultiplexerView? View) known = await facts.AskAsync(() => Attached(caller, sessions), MultiplexerDeadline);
        return known.View is null ? caller : attachments.Complete(known.Caller!, known.View.Sessions);
    }

    private (Caller Caller, MultiplexerView? View) Attached(Caller caller, HashSet<int> sessions)
    {
        if ((caller.Multiplexer ?? MultiplexerVariables.Find(caller.Pid)) is not MultiplexerServer server)
        {
            return (caller, null);
        }

        MultiplexerView view = multiplexers.Read(server, sessions);
        return ((view.Attachments.Count > 0 ? caller.Below(server) : caller) with { Multiplexer = server, Attachments = view.Attachments }, view);
    }

    /// <summary>The keys that the caller's command line names.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> WantedKeysAsync(CallerIdentity identity)
    {
        bool isThere = CallerReader.Read(identity.Pid, identity.AcceptedAt).Ancestors.Count > 0;
        return isThere ? await facts.AskAsync(() => WantedKeys.Read(identity.Pid), FactDeadline) ?? [] : [];
    }

    private static Caller ReadFurther(Caller caller, bool needProgram)
    {
        Caller known = CallerReader.WithEnvironments(caller);
        return needProgram ? CallerReader.WithProgram(known) : known;
    }

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

    private static Login? LoginOf(Agent agent, Dictionary<int, Login>? known)
    {
        if (agent.Source == AgentSource.Local || agent.Listener is not PeerCredentials listener)
        {
            return null;
        }

        return known?.GetValueOrDefault(listener.Pid) ?? new Login(listener.Pid, null, [], null);
    }
}
