using Fairlead.Core.Policy;

namespace Fairlead.Tests.Policy;

/// <summary>What all rules together say of one request.</summary>
public sealed class DecisionTests
{
    private static readonly RuleInputs Caller = new("203.0.113.7", "al", "/home/al/work", "/usr/bin/ssh", IsBackground: false)
    {
        Programs = ["/usr/bin/ssh", "ssh", "/usr/bin/git", "git", "/usr/bin/node", "claude"],
        Variables = ["CLAUDECODE=1"],
    };

    private static readonly RuleInputs Proven = Caller with { Host = new RuleHost(["github.com"], IsProven: true) };
    private static readonly RuleInputs Claimed = Caller with { Host = new RuleHost(["github.com"], IsProven: false) };

    [Theory]
    [InlineData("git", true)]
    [InlineData("/usr/bin/git", true)]
    [InlineData("claude", true)]
    [InlineData("ssh", true)]
    [InlineData("cron", false)]
    [InlineData("it", false)]
    public void A_program_above_is_known_by_its_file_or_the_name_it_gave_itself(string program, bool holds) =>
        Assert.Equal(holds, new RuleConditions { Under = program }.HoldFor(Caller));

    [Theory]
    [InlineData("CLAUDECODE=1", true)]
    [InlineData("CLAUDECODE", true)]
    [InlineData("CLAUDECODE=2", false)]
    [InlineData("CLAUDE", false)]
    public void A_variable_has_a_value_or_any(string variable, bool holds) => Assert.Equal(holds, new RuleConditions { Variable = variable }.HoldFor(Caller));

    [Fact]
    public void Each_thing_is_decided_by_the_first_rule_that_says_it()
    {
        PolicyRule[] rules =
        [
            new(new RuleConditions { Under = "claude" }, 1) { Keys = new KeyChoice(["SHA256:a"]) },
            new(new RuleConditions { Folder = "/home/al" }, 2) { Use = AgentChoice.Parse("card"), Keys = new KeyChoice(["SHA256:b"]) },
            new(new RuleConditions { Login = "al" }, 3) { Use = AgentChoice.None },
        ];

        var decision = Decision.Of(rules, Caller);

        Assert.Equal((2, 1), (decision.Use?.Line, Assert.Single(decision.Limits).Line));
        Assert.Equal((true, false), (decision.Shows("SHA256:a"), decision.Shows("SHA256:b")));
    }

    [Fact]
    public void No_keys_is_a_choice_as_well() =>
        Assert.False(Decision.Of([new(new RuleConditions { Under = "claude" }, 1) { Keys = new KeyChoice([]) }], Caller).Shows("SHA256:a"));

    [Fact]
    public void A_server_that_is_not_proven_is_given_nothing_by_its_name()
    {
        PolicyRule agent = new(new RuleConditions { Host = "github.com" }, 1) { Use = AgentChoice.Parse("card") };

        Assert.Equal(1, Decision.Of([agent], Proven).Use?.Line);
        Assert.Null(Decision.Of([agent], Claimed).Use);
        Assert.Null(Decision.Of([agent], Caller).Use);
    }

    [Fact]
    public void A_server_that_is_not_proven_is_denied_by_its_name()
    {
        PolicyRule denial = new(new RuleConditions { Host = "github.com" }, 1) { Use = AgentChoice.None };

        Assert.True(Decision.Of([denial], Proven).IsDenial);
        Assert.True(Decision.Of([denial], Claimed) is { IsDenial: true, Use.IsAssumed: true });
        Assert.False(Decision.Of([denial], Caller).IsDenial);
        Assert.True(Decision.Of([denial], Caller with { Unread = RuleInput.Host }).IsDenial);
    }

    /// <summary>To claim a server must never show a key that the caller would not see without it.</summary>
    [Fact]
    public void A_server_that_is_not_proven_only_takes_keys_away()
    {
        PolicyRule[] rules =
        [
            new(new RuleConditions { Host = "github.com" }, 1) { Keys = new KeyChoice(["SHA256:a", "SHA256:b"]) },
            new(new RuleConditions { Login = "al" }, 2) { Keys = new KeyChoice(["SHA256:b", "SHA256:c"]) },
        ];

        Assert.Equal([true, true, false], Shown(Decision.Of(rules, Proven)));
        Assert.Equal([false, true, false], Shown(Decision.Of(rules, Claimed)));
        Assert.Equal([false, true, true], Shown(Decision.Of(rules, Caller)));

        static bool[] Shown(Decision decision) => [.. new[] { "SHA256:a", "SHA256:b", "SHA256:c" }.Select(decision.Shows)];
    }

    [Theory]
    [InlineData("git", null, true)]
    [InlineData(null, "git", false)]
    [InlineData("file", null, false)]
    public void What_a_signature_is_for_is_known_only_then(string? space, string? user, bool isDenied)
    {
        PolicyRule[] rules = [new(new RuleConditions { Sign = "git", Login = "al" }, 7) { Use = AgentChoice.None }];

        var listing = Decision.Of(rules, Caller);
        Assert.Equal((false, 7), (listing.IsDenial, Assert.Single(listing.Later).Line));
        Assert.Equal(isDenied, Decision.Of(rules, Caller with { Signature = new RuleSignature(user, space, "SHA256:a") }).IsDenial);
        Assert.Empty(Decision.Of(rules, Caller with { Login = "bo" }).Later);
    }

    [Fact]
    public void A_signature_of_which_nothing_can_be_read_may_be_any()
    {
        RuleInputs unknown = Caller with { Signature = new RuleSignature(null, null, "SHA256:a"), Unread = RuleInput.Signature };

        Assert.True(Decision.Of([new(new RuleConditions { User = "root" }, 1) { Use = AgentChoice.None }], unknown).IsDenial);
        Assert.True(Decision.Of([new(new RuleConditions { Key = "SHA256:a" }, 1) { Use = AgentChoice.None }], unknown).IsDenial);
        Assert.False(Decision.Of([new(new RuleConditions { Key = "SHA256:b" }, 1) { Use = AgentChoice.None }], unknown).IsDenial);
        RuleInputs disguised = Caller with { Signature = new RuleSignature(null, "git", null) };
        Assert.True(Decision.Of([new(new RuleConditions { Key = "SHA256:b" }, 1) { Use = AgentChoice.None }], disguised).IsDenial);
        Assert.NotNull(Decision.Of([new(new RuleConditions { Login = "al" }, 1) { Keys = new KeyChoice(["SHA256:b"]) }], disguised).HiddenBy(null));
    }

    [Theory]
    [InlineData("root", true)]
    [InlineData("root:style", true)]
    [InlineData("root\0", true)]
    [InlineData("rooty", false)]
    [InlineData("roo", false)]
    public void A_user_is_whom_sshd_logs_in(string given, bool isDenied) => Assert.Equal(
        isDenied,
        Decision.Of([new(new RuleConditions { User = "root" }, 1) { Use = AgentChoice.None }], Caller with { Signature = new RuleSignature(given, null, "SHA256:a") }).IsDenial);

    [Fact]
    public void The_kernel_cuts_the_name_of_a_script_that_is_long() =>
        Assert.True(new RuleConditions { Under = "a-very-long-agent" }.HoldFor(Caller with { Programs = ["/bin/dash", "a-very-long-age"] }));

    [Fact]
    public void Another_host_that_asks_is_told_from_a_program_here()
    {
        Assert.True(new RuleConditions { Forwarded = true }.HoldFor(Caller with { IsForwarded = true }));
        Assert.False(new RuleConditions { Forwarded = true }.MayHoldFor(Caller with { Unread = RuleInput.All }));
        Assert.True(new RuleConditions { Forwarded = false }.HoldFor(Caller));
    }
}
