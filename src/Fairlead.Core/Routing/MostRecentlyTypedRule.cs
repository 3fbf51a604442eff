namespace Fairlead.Core.Routing;

/// <summary>
/// Logins from the caller's own client address first; then those with a terminal before those without (a ControlPersist master or an
/// editor's connection may be the only good one, so they are never left out); then by who typed last; then the newest.
/// </summary>
internal static class MostRecentlyTypedRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts)
    {
        IReadOnlyList<string> origins = facts.Origins;
        bool isPlaced = facts.IsPlaced; // found out from all agents: once, not for each
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
                IsFromElsewhere = isPlaced && !isFromCallersClient,
            };
    }
}
