namespace Fairlead.Core.Routing;

/// <summary>
/// The logins whose terminals show the caller's multiplexer session: those with the caller's window in view where there are any, the one typed in
/// last first. Who only looks on stands behind all others.
/// </summary>
internal static class AttachedRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from attachment in Viewers.InOrder(facts.Caller)
        from candidate in facts.Agents
        where candidate.Login is not null && Viewers.Owns(candidate.Login, attachment)
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Attached) { Attachment = attachment };
}
