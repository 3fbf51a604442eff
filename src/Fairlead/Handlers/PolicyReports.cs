using Fairlead.Core.Control;
using Fairlead.Core.Policy;
using Fairlead.Output;

namespace Fairlead.Handlers;

/// <summary>Turns the rules that are about a caller's keys and signatures into the records that <c>why</c> prints. Pure.</summary>
internal static class PolicyReports
{
    public static IReadOnlyList<PolicyReport> Of(DryRunResult result) =>
    [
        .. result.Plan.Facts.Policy.Limits.Select(rule => Of(rule, PolicyReport.Keys, PolicySentences.Keys(rule, result.Keys, result.AllKeys))),
        .. result.Plan.Facts.Policy is { IsAsked: true, Ask: PolicyRule ask } ? [Of(ask, PolicyReport.Ask, PolicySentences.Ask(ask))] : Array.Empty<PolicyReport>(),
        .. result.Plan.Facts.Policy.Later.Select(rule => Of(rule, PolicyReport.Signature, PolicySentences.Signature(rule))),
    ];

    private static PolicyReport Of(PolicyRule rule, string about, string explanation) => new()
    {
        About = about,
        Line = rule.Line,
        When = rule.When.ToString(),
        Assumed = rule.IsAssumed,
        Explanation = explanation,
    };
}
