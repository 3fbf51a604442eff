namespace Fairlead.Core.Routing;

/// <summary>The login that was attached to the caller's detached session last. While anybody is attached, the past does not count.</summary>
internal static class LastAttachedRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from session in facts.Caller.Attachments.Count == 0 ? facts.Caller.LastAttached : []
        where session > 0 // an agent in another pid namespace has a listener without a pid, too
        from candidate in facts.Agents
        where candidate.Login?.Pid == session
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.LastAttached);
}
