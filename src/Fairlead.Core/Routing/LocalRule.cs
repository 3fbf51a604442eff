namespace Fairlead.Core.Routing;

/// <summary>
/// The agents of the configuration, in its order. They are nobody's laptop, so only "any" reaches them; those whose keys belong to every list are
/// the person's explicit wish.
/// </summary>
internal static class LocalRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts)
    {
        bool isPlaced = facts.IsPlaced;
        return
            from candidate in facts.Agents
            where candidate.IsLocal && (facts.Fallback == FallbackMode.Any || candidate.Agent.IsAlways)
            select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Local)
            {
                IsFromElsewhere = isPlaced,
            };
    }
}
