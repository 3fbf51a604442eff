using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Doctor.Checks;

/// <summary>Rules of the configuration that never hold, and programs that no rule sees: what was to be forbidden is allowed.</summary>
internal static class RuleCheck
{
    public static IEnumerable<Finding> Examine(DoctorFacts facts) => [.. Doubts(facts), .. Past(facts)];

    private static IEnumerable<Finding> Past(DoctorFacts facts) => facts.HasPolicy
        ? from direct in facts.Daemon.Status?.Direct ?? []
          select Finding.Warning(
              "rules",
              $"{direct.Command} (process {direct.Pid}) is connected to {direct.Socket}, past fairlead",
              "Your rules and the log do not see what it asks. It was started with that path, or it found the socket by itself.",
              $"fairlead why {direct.Pid}")
        : [];

    private static IEnumerable<Finding> Doubts(DoctorFacts facts) =>
        facts.RuleDoubts.Select(doubt => Finding.Warning("rules", $"the rule in line {doubt.Line} of the configuration: {doubt.Message}", $"To fix it, {doubt.Hint}.", "fairlead config edit"));
}
