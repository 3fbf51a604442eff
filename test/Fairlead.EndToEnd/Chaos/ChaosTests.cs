namespace Fairlead.EndToEnd.Chaos;

/// <summary>
/// Agents appear, vanish, stall, come back and lie, logins come and go, clients of every kind run beside it, and a model says what is right:
/// no wrong agent, no request lost while an agent lives, no side effect twice, nothing leaked.
/// </summary>
public sealed class ChaosTests
{
    [Fact]
    public Task The_usual_chaos_does_no_harm() => Play(ChaosBudget.Fixed);

    /// <summary>Another one each time; CONTRIBUTING.md says how to play the same again.</summary>
    [Fact]
    public Task Any_chaos_does_no_harm() => Play(ChaosBudget.Fresh);

    private static async Task Play(ChaosBudget budget)
    {
        var plan = new ChaosPlan(budget.Seed);
        await using ChaosWorld world = await ChaosWorld.Raise(plan.Wait);
        using var run = new ChaosRun(world, budget);
        await run.Play(plan);
        TestContext.Current.TestOutputHelper?.WriteLine(run.Summary);
        Assert.True(world.Model.Faults.IsEmpty, $"{string.Join('\n', world.Model.Faults)}\n\nseed {budget.Seed}\n{run.Log}");
    }
}
