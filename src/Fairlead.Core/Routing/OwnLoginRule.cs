namespace Fairlead.Core.Routing;

/// <summary>The login that the caller descends from, the nearest first. The ancestors end at a multiplexer, which outlives logins.</summary>
internal static class OwnLoginRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from ancestor in facts.Caller.Ancestors
        from candidate in facts.Agents
        where candidate.Login?.Pid == ancestor
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.OwnLogin);
}
