using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Doctor.Checks;

/// <summary>Rules of the configuration that never hold: what they were to forbid is allowed.</summary>
internal static class RuleCheck
{
    public static IEnumerable<Finding> Examine(DoctorFacts facts) =>
        facts.RuleDoubts.Select(doubt => Finding.Warning("rules", $"the rule in line {doubt.Line} of the configuration: {doubt.Message}", $"To fix it, {doubt.Hint}.", "fairlead config edit"));
}
