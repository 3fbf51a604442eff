namespace Fairlead.Core.Policy;

/// <summary>One <c>[[rule]]</c> of the configuration.</summary>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record RoutingRule(RuleConditions When, AgentChoice Use, int Line)
{
    /// <summary>The first rule that holds for the caller decides; null when none does.</summary>
    public static RoutingRule? Judge(IReadOnlyList<RoutingRule> rules, CallerTraits caller) =>
        rules.FirstOrDefault(rule => rule.When.HoldFor(caller));
}
