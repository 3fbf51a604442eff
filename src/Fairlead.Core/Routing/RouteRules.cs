using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>
/// The rules of choosing, one for each <see cref="RouteReason"/>. Each ranks the agents that it finds, in its own order. Pure.
/// </summary>
internal static class RouteRules
{
    /// <summary>The agent that the person pinned, while it lives, or those of the laptop that they pinned.</summary>
    public static IEnumerable<RouteStep> Pinned(RouteFacts facts) =>
        from pinned in facts.Pinned
        from candidate in facts.Agents
        where candidate.Agent == pinned
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Pinned);

    /// <summary>
    /// The agent that a rule in the configuration chooses for this caller; of several logins from one address the most recently typed in.
    /// </summary>
    public static IEnumerable<RouteStep> Configured(RouteFacts facts) =>
        from candidate in facts.Agents
        where facts.Policy.Use is { Use: { IsDenial: false } use }
            && (use.Name is not null ? candidate.IsLocal && candidate.Agent.Name == use.Name : candidate.Login?.ClientAddress == use.Address)
            && candidate.Agent.IsUsable
        orderby candidate.Login?.LastTyped descending
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Rule);

    /// <summary>
    /// The login that the caller descends from, the nearest first. The ancestors end at a multiplexer, which outlives logins.
    /// </summary>
    public static IEnumerable<RouteStep> OwnLogin(RouteFacts facts) =>
        from ancestor in facts.Caller.Ancestors
        from candidate in facts.Agents
        where candidate.Login?.Pid == ancestor
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.OwnLogin);

    /// <summary>
    /// The logins whose terminals show the caller's multiplexer session: if any have the caller's window in view, only those; the most
    /// recently typed in first. Onlookers, who cannot type there, come after all others.
    /// </summary>
    public static IEnumerable<RouteStep> Attached(RouteFacts facts) =>
        from attachment in Viewers.InOrder(facts.Caller)
        from candidate in facts.Agents
        where candidate.Login is not null && Viewers.Owns(candidate.Login, attachment)
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Attached) { Attachment = attachment };

    /// <summary>
    /// The login that was attached to the caller's detached session most recently. While anybody is attached, the past does not count.
    /// </summary>
    public static IEnumerable<RouteStep> LastAttached(RouteFacts facts) =>
        from session in facts.Caller.Attachments.Count == 0 ? facts.Caller.LastAttached : []
        where session > 0 // the listener of an agent in another pid namespace also has no pid
        from candidate in facts.Agents
        where candidate.Login?.Pid == session
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.LastAttached);

    /// <summary>
    /// The agents that the environments of the caller and its ancestors name, the nearest first: an editor's server, nohup or a
    /// ControlMaster outlives the process tree of its login, and still shows where it was started. For a pane that somebody sees, it does
    /// not show where the person sits, so it is limited like a guess.
    /// </summary>
    public static IEnumerable<RouteStep> Environment(RouteFacts facts) =>
        facts.Caller.Attachments.Count == 0 || facts.Fallback == FallbackMode.Any
            ? Named(facts)
            : facts.Fallback == FallbackMode.SameOrigin ? WithinOrigins(facts) : [];

    /// <summary>
    /// Logins from the caller's own client address first; then those with a terminal before those without (a ControlPersist master or an
    /// editor's connection may be the only good one, so they are never left out); then the most recently typed in; then the newest.
    /// </summary>
    public static IEnumerable<RouteStep> MostRecentlyTyped(RouteFacts facts)
    {
        IReadOnlyList<string> origins = facts.Origins;
        bool isLocated = facts.IsLocated; // depends on all agents: once, not for each
        return
            from candidate in facts.Agents
            let isFromCallersClient = candidate.IsFrom(origins)
            where !candidate.IsLocal && candidate.Agent.IsUsable
                && (facts.Fallback == FallbackMode.Any || (facts.Fallback == FallbackMode.SameOrigin && isFromCallersClient))
            orderby isFromCallersClient descending,
                candidate.Login?.LastTyped is not null descending,
                candidate.Login?.LastTyped descending,
                candidate.Login?.User is not null descending
            select new RouteStep(candidate.Agent, candidate.Login, RouteReason.MostRecentlyTyped)
            {
                IsFromElsewhere = isLocated && !isFromCallersClient,
            };
    }

    /// <summary>
    /// The agents in the configuration, in its order. They are on nobody's laptop, so only "any" reaches them; those whose keys belong in
    /// every list are the person's explicit wish.
    /// </summary>
    public static IEnumerable<RouteStep> Local(RouteFacts facts)
    {
        bool isLocated = facts.IsLocated;
        return
            from candidate in facts.Agents
            where candidate.IsLocal && (facts.Fallback == FallbackMode.Any || candidate.Agent.IsAlways)
            select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Local)
            {
                IsFromElsewhere = isLocated,
            };
    }

    private static IEnumerable<RouteStep> Named(RouteFacts facts) =>
        from hint in facts.Caller.Environments
        from candidate in NamedBy(hint, facts.Agents)
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Environment) { Environment = hint };

    private static IEnumerable<RouteStep> WithinOrigins(RouteFacts facts)
    {
        IReadOnlyList<string> origins = facts.Origins;
        return Named(facts).Where(step => step.Login?.ClientAddress is string address && origins.Contains(address));
    }

    /// <summary>The agent itself, otherwise any of the login with the same connection: client, server and both ports.</summary>
    private static IEnumerable<AgentFacts> NamedBy(EnvironmentHint hint, IReadOnlyList<AgentFacts> agents)
    {
        AgentFacts? named = agents.FirstOrDefault(candidate => candidate.Agent.Path == hint.AgentPath && !IsOfAnotherLogin(candidate, hint, agents));
        return named is not null
            ? [named]
            : agents.Where(candidate => hint.Connection is not null && candidate.Login?.Connection == hint.Connection);
    }

    /// <summary>
    /// A path alone may belong to another laptop by now (RemoteForward to a path that stays, and SetEnv): if the same environment names
    /// another login, the path is only a guess, which <see cref="MostRecentlyTyped"/> makes within its limits.
    /// </summary>
    public static bool IsOfAnotherLogin(AgentFacts named, EnvironmentHint hint, IReadOnlyList<AgentFacts> agents) =>
        hint.Connection is not null
        && (named.Login?.Connection is string theirs ? theirs != hint.Connection : agents.Any(other => other.Login?.Connection == hint.Connection));
}
