using Fairlead.Core.Policy;
using Fairlead.Output;

namespace Fairlead.Tests.Output;

/// <summary>What <c>why</c> says of rules by which the person is asked.</summary>
public sealed class PolicySentencesTests
{
    private static readonly PolicyRule EachTime = new(new RuleConditions { Under = "claude" }, 12) { Ask = AskChoice.EachTime };
    private static readonly PolicyRule HalfAnHour = EachTime with { Ask = new AskChoice(IsAsked: true, TimeSpan.FromMinutes(30)) };
    private static readonly PolicyRule ByKey = new(new RuleConditions { Key = "SHA256:a" }, 14);

    [Fact]
    public void How_often_the_person_is_asked_is_said()
    {
        Assert.Equal("you are asked before each signature (line 12: under = \"claude\")", PolicySentences.Ask(EachTime));
        Assert.Equal("you are asked before it signs, and a yes holds for 30m (line 12: under = \"claude\")", PolicySentences.Ask(HalfAnHour));
    }

    /// <summary>A yes by a rule that only may hold is not remembered.</summary>
    [Fact]
    public void A_rule_that_only_may_hold_asks_each_time_and_says_why() => Assert.Equal(
        "you are asked before each signature, because a rule might match: its conditions could not be read (line 12: under = \"claude\")",
        PolicySentences.Ask(HalfAnHour with { IsAssumed = true }));

    [Theory]
    [InlineData(false, true, "you are asked")]
    [InlineData(false, false, "you are not asked")]
    [InlineData(true, null, "denied")]
    [InlineData(true, true, "denied, and you are asked")]
    public void A_rule_about_signatures_says_what_it_would_do(bool denies, bool? asks, string words)
    {
        PolicyRule rule = ByKey with { Use = denies ? AgentChoice.None : null, Ask = asks is { } isAsked ? new AskChoice(isAsked, null) : null };

        Assert.Equal($"{words} if the rest of this rule holds (line 14: key = \"SHA256:a\")", PolicySentences.Signature(rule));
    }
}
