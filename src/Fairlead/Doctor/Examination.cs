using Fairlead.Output;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Every check, in the order in which a person would look: from this shell outwards. Pure: facts in, findings out.</summary>
internal static class Examination
{
    /// <summary>Messages are pasted elsewhere, and the home often bears a person's name: there it is "~".</summary>
    public static DoctorReport Report(DoctorFacts facts) => DoctorReport.Of(
        Find(facts).Select(finding => finding with { Message = TypedPath.WithoutHome(finding.Message, facts.Place.Home) }), facts.Programs);

    private static IEnumerable<Finding> Find(DoctorFacts facts) =>
    [
        .. ShellCheck.Examine(facts),
        .. RcFileCheck.Examine(facts),
        .. IdentityAgentCheck.Examine(facts),
        .. LocationCheck.Examine(facts),
        .. DaemonCheck.Examine(facts),
        .. LoginCheck.Examine(facts),
        .. VariableCheck.Examine(facts),
        .. AgentCheck.Examine(facts),
        .. TmuxCheck.Examine(facts),
        .. StalePathCheck.Examine(facts),
        .. SigningCheck.Examine(facts),
    ];
}
