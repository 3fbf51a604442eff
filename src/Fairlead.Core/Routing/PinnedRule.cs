namespace Fairlead.Core.Routing;

/// <summary>The agent that the person named, while it lives.</summary>
internal static class PinnedRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from candidate in facts.Agents
        where candidate.Agent == facts.Pinned
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Pinned);
}
