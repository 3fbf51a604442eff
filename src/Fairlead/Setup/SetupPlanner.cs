using Fairlead.Output;

namespace Fairlead.Setup;

/// <summary>Makes the plan: from facts alone, and touching nothing.</summary>
internal static class SetupPlanner
{
    /// <param name="withSystemd">--systemd.</param>
    /// <returns>The plan, or why there can be none.</returns>
    public static (SetupPlan? Plan, Failure? Failure) Plan(SetupFacts facts, bool withSystemd)
    {
        if (!Path.IsPathRooted(facts.Program) || facts.Program.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return (null, new Failure(ExitCode.Failed, "this program was replaced or removed while it ran", "fairlead setup"));
        }

        Failure? failure = (withSystemd || facts.Link is not null) && facts.Socket is null ? facts.NoPlace : LinkSteps.Refuse(facts);
        if (failure is not null)
        {
            return (null, failure);
        }

        SetupSection rcFiles = RcSteps.Add(facts);
        return (new SetupPlan(
            [
                rcFiles,
                SharedSteps.Add(facts),
                .. withSystemd ? [UnitSteps.Add(facts)] : Array.Empty<SetupSection>(),
                .. facts.Link is null ? [] : new[] { LinkSteps.Add(facts) },
            ],
            [.. RecipeNotes.Of(facts, rcFiles), .. withSystemd ? UnitSteps.Notes(facts) : []]), null);
    }

    public static SetupPlan PlanUndo(SetupFacts facts) => new(
        [UnitSteps.Remove(facts), RcSteps.Remove(facts), SharedSteps.Remove(facts), LinkSteps.Remove(facts), DaemonSteps.End(facts)],
        [.. DaemonSteps.Notes(facts)]);
}
