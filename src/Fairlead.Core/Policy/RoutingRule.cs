namespace Fairlead.Core.Policy;

/// <summary>One <c>[[rule]]</c> in the configuration.</summary>
/// <param name="Line">Its line in the file.</param>
internal sealed record RoutingRule(RuleConditions When, AgentChoice Use, int Line)
{
    /// <summary>It denies, and fairlead could not read what it asks of the caller.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>
    /// The first rule that matches the caller decides; null if none does. A rule that denies protects, so it also decides if it may match,
    /// as far as fairlead can read.
    /// </summary>
    public static RoutingRule? Judge(IReadOnlyList<RoutingRule> rules, RuleInputs caller)
    {
        foreach (RoutingRule rule in rules)
        {
            if (rule.When.HoldFor(caller))
            {
                return rule;
            }

            if (rule.Use.IsDenial && rule.When.MayHoldFor(caller))
            {
                return rule with { IsAssumed = true };
            }
        }

        return null;
    }
}
