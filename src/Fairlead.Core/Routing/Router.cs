using Fairlead.Core.Agents;
using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>
/// Chooses which agents answer a caller, in which order. Pure: the same facts give the same route, and every step says why it
/// stands there. Each rule below ranks agents; a rule's agents come before those of the next, and an agent keeps its first place.
/// </summary>
internal static class Router
{
    private static readonly Func<RouteFacts, IEnumerable<RouteStep>>[] Rules = [OwnLogin, MostRecentlyTyped, Local];

    public static Route Choose(RouteFacts facts) =>
        new([.. Rules.SelectMany(rule => rule(facts)).DistinctBy(step => step.Agent)]);

    private static IEnumerable<RouteStep> OwnLogin(RouteFacts facts) =>
        from ancestor in facts.Caller.Ancestors
        from candidate in facts.Agents
        where candidate.Login?.Pid == ancestor
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.OwnLogin);

    /// <summary>
    /// Logins from the caller's own client address first; then those with a terminal before those without (a ControlPersist master or an
    /// editor's connection may be the only good one, so they are never left out); then by who typed last; then the newest.
    /// </summary>
    private static IEnumerable<RouteStep> MostRecentlyTyped(RouteFacts facts) =>
        from candidate in facts.Agents
        where candidate.Agent.Source != AgentSource.Local
        orderby IsFromCallersClient(candidate.Login, facts.Caller) descending,
            candidate.Login?.LastTyped is not null descending,
            candidate.Login?.LastTyped descending,
            candidate.Login?.User is not null descending,
            candidate.Agent.Created descending
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.MostRecentlyTyped);

    private static IEnumerable<RouteStep> Local(RouteFacts facts) =>
        from candidate in facts.Agents
        where candidate.Agent.Source == AgentSource.Local
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Local);

    private static bool IsFromCallersClient(Login? login, Caller caller) =>
        caller.ClientAddress is not null && login?.ClientAddress == caller.ClientAddress;
}
