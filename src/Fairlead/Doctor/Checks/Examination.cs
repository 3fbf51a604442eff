using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor.Checks;

/// <summary>Every check, in the order in which a person would look: from this shell outwards. Pure: facts in, findings out.</summary>
internal static class Examination
{
    /// <summary>People paste messages elsewhere, and a home often has a person's name in it: messages say "~".</summary>
    public static DoctorReport Report(DoctorFacts facts) => DoctorReport.Of(
        Find(facts).Select(finding => finding with { Message = TypedPath.WithoutHome(finding.Message, facts.Place.Home) }), facts.Programs);

    private static IEnumerable<Finding> Find(DoctorFacts facts) =>
    [
        .. ShellCheck.Examine(facts),
        .. RcFileCheck.Examine(facts),
        .. RecipeCheck.Examine(facts),
        .. IdentityAgentCheck.Examine(facts),
        .. IdentityFileCheck.Examine(facts),
        .. GitSshCheck.Examine(facts),
        .. LocationCheck.Examine(facts),
        .. RuleCheck.Examine(facts),
        .. DaemonCheck.Examine(facts),
        .. LoginCheck.Examine(facts),
        .. VariableCheck.Examine(facts),
        .. AgentCheck.Examine(facts),
        .. TmuxCheck.Examine(facts),
        .. StalePathCheck.Examine(facts),
        .. SigningCheck.Examine(facts),
    ];
}
