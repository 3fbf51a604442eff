using Fairlead.Core.Policy;

namespace Fairlead.Tests.Policy;

/// <summary>Whether the person is asked about a request, and how long a yes holds.</summary>
public sealed class AskDecisionTests
{
    private static readonly RuleInputs Caller = new("203.0.113.7", "al", "/home/al/work", "/usr/bin/ssh", IsBackground: false) { Programs = ["ssh", "claude"] };
    private static readonly RuleInputs Commit = Caller with { Signature = new RuleSignature(null, "git", "SHA256:a") };
    private static readonly RuleInputs Login = Caller with { Signature = new RuleSignature("root", null, "SHA256:a") };

    private static readonly RuleConditions BelowClaude = new() { Under = "claude" };
    private static readonly RuleConditions ByAl = new() { Login = "al" };
    private static readonly AskChoice HalfAnHour = new(IsAsked: true, TimeSpan.FromMinutes(30));

    [Fact]
    public void The_first_rule_that_holds_and_says_it_decides()
    {
        PolicyRule elsewhere = new(new RuleConditions { Login = "bo" }, 1) { Ask = AskChoice.EachTime };
        PolicyRule silent = new(BelowClaude, 2) { Use = AgentChoice.Parse("card") };
        PolicyRule first = new(BelowClaude, 3) { Ask = HalfAnHour };
        PolicyRule second = new(ByAl, 4) { Ask = AskChoice.Never };

        var decision = Decision.Of([elsewhere, silent, first, second], Commit);

        Assert.Equal((first, true, 2), (decision.Ask, decision.IsAsked, decision.Use?.Line));
        Assert.True(Decision.Of([second, first], Commit) is { IsAsked: false, Ask.Line: 4 });
        Assert.True(Decision.Of([elsewhere, silent], Commit) is { IsAsked: false, Ask: null });
    }

    /// <summary>A program that hides from fairlead must not make itself an exception.</summary>
    [Fact]
    public void An_exception_counts_only_if_it_certainly_holds()
    {
        PolicyRule exception = new(new RuleConditions { Under = "make" }, 1) { Ask = AskChoice.Never };
        PolicyRule rule = new(ByAl, 2) { Ask = HalfAnHour };

        Assert.False(Decision.Of([exception, rule], Commit with { Programs = ["ssh", "make"] }).IsAsked);
        Assert.Equal(rule, Decision.Of([exception, rule], Commit with { Unread = RuleInput.Programs }).Ask);
    }

    [Fact]
    public void A_rule_that_only_may_hold_asks_as_well()
    {
        PolicyRule rule = new(new RuleConditions { Under = "make" }, 1) { Ask = HalfAnHour };

        Assert.Null(Decision.Of([rule], Commit).Ask);
        Assert.Equal(rule with { IsAssumed = true }, Decision.Of([rule], Commit with { Unread = RuleInput.Programs }).Ask);
    }

    [Theory]
    [InlineData("sign", true, false)]
    [InlineData("user", false, true)]
    [InlineData("key", true, true)]
    public void A_rule_about_signatures_decides_at_the_signature(string condition, bool asksForCommit, bool asksForLogin)
    {
        RuleConditions when = condition switch
        {
            "sign" => new RuleConditions { Sign = "git" },
            "user" => new RuleConditions { User = "root" },
            _ => new RuleConditions { Key = "SHA256:a" },
        };
        PolicyRule rule = new(when, 7) { Ask = AskChoice.EachTime };

        var listing = Decision.Of([rule], Caller);

        Assert.Equal((null, rule), (listing.Ask, Assert.Single(listing.Later)));
        Assert.Equal((asksForCommit, asksForLogin), (Decision.Of([rule], Commit).IsAsked, Decision.Of([rule], Login).IsAsked));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"30m\"", true)]
    public void A_choice_reads_as_it_is_written_and_only_a_question_restricts(string text, bool isAsked)
    {
        AskChoice choice = text switch
        {
            "true" => AskChoice.EachTime,
            "false" => AskChoice.Never,
            _ => HalfAnHour,
        };

        Assert.Equal((text, isAsked), (choice.ToString(), new PolicyRule(ByAl, 1) { Ask = choice }.Restricts));
    }
}
