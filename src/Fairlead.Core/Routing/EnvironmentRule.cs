using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>
/// What the environments of the caller and its ancestors name, the nearest first: an editor's server, nohup or a ControlMaster outlives the process
/// tree of its login, and still tells where it was started. Of a pane that somebody sees it does not tell where the person sits: there it is bounded as a
/// guess is.
/// </summary>
internal static class EnvironmentRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        facts.Caller.Attachments.Count == 0 || facts.Fallback == FallbackMode.Any
            ? Named(facts)
            : facts.Fallback == FallbackMode.SameOrigin ? WithinOrigins(facts) : [];

    private static IEnumerable<RouteStep> Named(RouteFacts facts) =>
        from hint in facts.Caller.Environments
        from candidate in NamedBy(hint, facts.Agents)
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Environment) { Environment = hint };

    private static IEnumerable<RouteStep> WithinOrigins(RouteFacts facts)
    {
        IReadOnlyList<string> origins = facts.Origins;
        return Named(facts).Where(step => step.Login?.ClientAddress is string address && origins.Contains(address));
    }

    /// <summary>The agent itself, or else any of the login with the same connection: client, server and both ports.</summary>
    private static IEnumerable<AgentFacts> NamedBy(EnvironmentHint hint, IReadOnlyList<AgentFacts> agents)
    {
        AgentFacts? named = hint.AgentPath is null ? null : agents.FirstOrDefault(candidate => candidate.Agent.Path == hint.AgentPath);
        return named is not null
            ? [named]
            : agents.Where(candidate => hint.Connection is not null && candidate.Login?.Connection == hint.Connection);
    }
}
