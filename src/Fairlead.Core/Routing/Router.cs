namespace Fairlead.Core.Routing;

/// <summary>
/// Chooses which agents answer a caller, in which order. Pure: the same facts give the same route, and every step says why it is there.
/// Each rule ranks agents; the agents of one rule come before those of the next, and an agent keeps its first place.
/// </summary>
internal static class Router
{
    /// <summary>The rules in the order in which they are asked.</summary>
    private static readonly (RouteReason Reason, Func<RouteFacts, IEnumerable<RouteStep>> Find)[] Rules =
    [
        (RouteReason.Pinned, RouteRules.Pinned),
        (RouteReason.Rule, RouteRules.Configured),
        (RouteReason.OwnLogin, RouteRules.OwnLogin),
        (RouteReason.Attached, RouteRules.Attached),
        (RouteReason.LastAttached, RouteRules.LastAttached),
        (RouteReason.Environment, RouteRules.Environment),
        (RouteReason.MostRecentlyTyped, RouteRules.MostRecentlyTyped),
        (RouteReason.Local, RouteRules.Local),
    ];

    /// <summary>One key instead of three: the runtime needs a tenth of a millisecond for each further key of the first sort.</summary>
    private static readonly Comparer<AgentFacts> NewestFirst = Comparer<AgentFacts>.Create(Compare);

    public static Route Choose(RouteFacts facts) => facts.Policy.Use is { Use.IsDenial: true } denial
        ? Route.Empty with { DeniedBy = denial }
        : new Route([.. Steps(facts).DistinctBy(step => step.Agent)]);

    /// <summary>
    /// The first agent of that route. The places after it are not computed, because with many logins they cost more than the request.
    /// </summary>
    public static RouteStep? Lead(RouteFacts facts) => facts.Policy.Use is { Use.IsDenial: true } ? null : Steps(facts).FirstOrDefault();

    /// <summary>The result of each rule, for a person who asks why; after a denial no rule is asked.</summary>
    public static IReadOnlyList<RuleFinding> Examine(RouteFacts facts)
    {
        bool isDenied = facts.Policy.Use is { Use.IsDenial: true };
        RouteFacts live = Live(facts);
        return [.. Rules.Select(rule => new RuleFinding(rule.Reason, isDenied ? [] : [.. rule.Find(live)]))];
    }

    /// <summary>Lazily, one rule after the other.</summary>
    private static IEnumerable<RouteStep> Steps(RouteFacts facts)
    {
        RouteFacts live = Live(facts);
        return Rules.SelectMany(rule => rule.Find(live));
    }

    /// <summary>
    /// An agent may have died while the facts were gathered. The newest socket breaks ties, so that the order in which agents were found
    /// decides nothing, except among local ones, which the configuration orders.
    /// </summary>
    private static RouteFacts Live(RouteFacts facts) => facts with
    {
        Agents = [.. facts.Agents.Where(candidate => candidate.Agent.IsUsable || candidate.Agent.IsLoop).Order(NewestFirst)],
    };

    private static int Compare(AgentFacts one, AgentFacts other)
    {
        if (one.IsLocal || other.IsLocal)
        {
            return one.IsLocal.CompareTo(other.IsLocal);
        }

        int newer = other.Agent.Created.CompareTo(one.Agent.Created);
        return newer != 0 ? newer : string.Compare(one.Agent.Path, other.Agent.Path, StringComparison.Ordinal);
    }
}

/// <summary>The result of one rule, in its own order; empty when it does not apply.</summary>
internal sealed record RuleFinding(RouteReason Rule, IReadOnlyList<RouteStep> Steps);
