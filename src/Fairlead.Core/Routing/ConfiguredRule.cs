namespace Fairlead.Core.Routing;

/// <summary>The agent that a rule of the configuration names for this caller; of several logins from one address the one typed in last.</summary>
internal static class ConfiguredRule
{
    public static IEnumerable<RouteStep> Find(RouteFacts facts) =>
        from candidate in facts.Agents
        where facts.Verdict is { Use: var use } && !use.IsDenial
            && (use.Name is not null ? candidate.IsLocal && candidate.Agent.Name == use.Name : candidate.Login?.ClientAddress == use.Address)
            && candidate.Agent.IsUsable
        orderby candidate.Login?.LastTyped descending
        select new RouteStep(candidate.Agent, candidate.Login, RouteReason.Rule);
}
