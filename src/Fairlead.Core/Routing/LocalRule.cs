namespace Fairlead.Core.Routing;

/// <summary>The agents of the configuration, in its order. They are nobody's laptop, so only "any" reaches them.</summary>
internal static class LocalRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from candidate in facts.Agents
        where candidate.IsLocal && facts.Fallback == FallbackMode.Any
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Local)
        {
            IsFromElsewhere = facts.Caller.ClientAddress is not null,
        };
}
