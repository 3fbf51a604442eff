using CsCheck;
using Fairlead.Core.Policy;

namespace Fairlead.Tests.Policy;

/// <summary>What holds for every rule and every caller.</summary>
public sealed class RulePropertyTests
{
    private static readonly Gen<string?> Word = Gen.Int[0, 2].Select(number => number == 0 ? null : number == 1 ? "a" : "b");

    private static readonly Gen<RuleConditions> Conditions =
        Gen.Select(Word, Word, Word, Word, Word, Gen.Int[0, 2].Select(number => number == 0 ? (bool?)null : number == 1), (from, login, session, folder, program, background) =>
            new RuleConditions { From = from, Login = login, Session = session, Folder = folder, Executable = program, Background = background });

    private static readonly Gen<RuleInputs> Traits =
        Gen.Select(Word, Word, Word, Word, Word, Gen.Bool, Gen.Int[0, (int)RuleInput.All], (from, login, session, folder, program, background, unread) =>
            new RuleInputs(from, login, folder, program, background)
            {
                Sessions = session is null ? [] : [session],
                Unread = (RuleInput)unread,
            });

    private static readonly Gen<PolicyRule> Rule =
        Gen.Select(Conditions, Gen.Bool, (when, denies) => new PolicyRule(when, 1) { Use = denies ? AgentChoice.None : new AgentChoice("card", null) });

    [Fact]
    public void What_holds_may_hold_and_what_may_hold_does_where_everything_was_read()
        => Gen.Select(Conditions, Traits).Sample((when, caller) =>
        {
            Assert.True(!when.HoldFor(caller) || when.MayHoldFor(caller));
            Assert.Equal(when.HoldFor(caller), when.MayHoldFor(caller with { Unread = RuleInput.None }));
        });

    [Fact]
    public void The_less_is_known_the_more_may_hold()
        => Gen.Select(Conditions, Traits, Gen.Int[0, (int)RuleInput.All]).Sample((when, caller, more) =>
            Assert.True(!when.MayHoldFor(caller) || when.MayHoldFor(caller with { Unread = caller.Unread | (RuleInput)more })));

    /// <summary>Who hides from fairlead can only lose an agent by it.</summary>
    [Fact]
    public void Who_is_denied_stays_denied_however_little_is_known()
        => Gen.Select(Rule.Array[0, 4], Traits, Gen.Int[0, (int)RuleInput.All]).Sample((rules, caller, hidden) =>
        {
            RuleInputs known = caller with { Unread = RuleInput.None };
            bool isDenied = Decision.Of(rules, known).Use is { Use.IsDenial: true };
            Assert.True(!isDenied || Decision.Of(rules, Hide(known, (RuleInput)hidden)).Use is { Use.IsDenial: true });
        });

    [Fact]
    public void Only_a_denial_is_ever_assumed()
        => Gen.Select(Rule.Array[0, 4], Traits).Sample((rules, caller) =>
            Assert.True(Decision.Of(rules, caller).Use is not { IsAssumed: true, Use.IsDenial: false }));

    private static RuleInputs Hide(RuleInputs caller, RuleInput hidden) => new(
        hidden.HasFlag(RuleInput.From) ? null : caller.From,
        hidden.HasFlag(RuleInput.Login) ? null : caller.Login,
        hidden.HasFlag(RuleInput.Folder) ? null : caller.Folder,
        hidden.HasFlag(RuleInput.Executable) ? null : caller.Executable,
        caller.IsBackground)
    {
        Sessions = hidden.HasFlag(RuleInput.Session) ? [] : caller.Sessions,
        Unread = hidden,
    };
}
