namespace Fairlead.Core.Policy;

/// <summary>One <c>[[rule]]</c> of the configuration.</summary>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record RoutingRule(RuleConditions When, AgentChoice Use, int Line)
{
    /// <summary>It denies, and what it asks of the caller could not be read.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>
    /// The first rule that holds for the caller decides; null when none does. One that denies is there to protect: it decides as well when it may hold,
    /// as far as can be read.
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
