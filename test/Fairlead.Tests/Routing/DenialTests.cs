using Fairlead.Core.Callers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>Rules that deny, before callers of whom not everything could be read: each condition with each caller.</summary>
public sealed class DenialTests
{
    private const string Held = "denied";
    private const string Assumed = "assumed";
    private const string Free = "free";

    private static readonly AgentFacts Home = Forwarded("home", 100, Noon, $"{HomeAddress} 5001 10.0.0.1 22");

    private static readonly Dictionary<string, RuleConditions> Conditions = new()
    {
        ["from home"] = new() { From = HomeAddress },
        ["from work"] = new() { From = WorkAddress },
        ["login al"] = new() { Login = "al" },
        ["session main"] = new() { Session = "main" },
        ["in /srv"] = new() { Folder = "/srv" },
        ["git"] = new() { Executable = "git" },
        ["background"] = new() { Background = true },
        ["foreground"] = new() { Background = false },
        ["git from work"] = new() { From = WorkAddress, Executable = "git" },
    };

    private static readonly Dictionary<string, Caller> Callers = new()
    {
        // Everything was read: what is not there does not apply.
        ["a shell at home"] = Below(900, 100) with { HasTerminal = true, Folder = "/home/al", Executable = "/usr/bin/ssh" },
        ["cron"] = Below(900) with { Folder = "/srv", Executable = "/usr/bin/git" },
        ["a pane seen from work"] = Pane(Agentless(WorkAddress)) with { SessionNames = ["main"], Folder = "/", Executable = "/bin/sh" },
        ["a pane seen at the console"] = Pane(Agentless(null)) with { SessionNames = ["other"], Folder = "/", Executable = "/bin/sh" },

        // Something was not.
        ["another container's"] = Caller.Unknown,
        ["gone meanwhile"] = Below(900) with { Unread = CallerFacts.All & ~CallerFacts.Ancestors },
        ["root's below home"] = Below(900, 100) with { HasTerminal = true, Unread = CallerFacts.Environment | CallerFacts.Program },
        ["below a hidden process"] = Below(900, 800) with { HasTerminal = true, Folder = "/", Executable = "/bin/sh", Unread = CallerFacts.Ancestors },
        ["in a tmux that hangs"] = Pane(On(100)) with { Folder = "/", Executable = "/bin/sh", Unread = CallerFacts.Attachments | CallerFacts.Session },
        ["a pane seen from somewhere"] = Pane(Agentless(null) with { IsAddressUnread = true }) with { Folder = "/", Executable = "/bin/sh" },
    };

    [Theory]
    [InlineData("a shell at home", Held, Free, Held, Free, Free, Free, Free, Held, Free)]
    [InlineData("cron", Free, Free, Free, Free, Held, Held, Held, Free, Free)]
    [InlineData("a pane seen from work", Free, Held, Free, Held, Free, Free, Free, Held, Free)]
    [InlineData("a pane seen at the console", Free, Free, Free, Free, Free, Free, Free, Held, Free)]
    [InlineData("another container's", Assumed, Assumed, Assumed, Assumed, Assumed, Assumed, Held, Assumed, Assumed)]
    [InlineData("gone meanwhile", Assumed, Assumed, Assumed, Assumed, Assumed, Assumed, Held, Assumed, Assumed)]
    [InlineData("root's below home", Held, Free, Held, Free, Assumed, Assumed, Free, Held, Free)]
    [InlineData("below a hidden process", Assumed, Assumed, Assumed, Free, Free, Free, Free, Held, Free)]
    [InlineData("in a tmux that hangs", Held, Assumed, Held, Assumed, Free, Free, Free, Held, Free)]
    [InlineData("a pane seen from somewhere", Assumed, Assumed, Free, Free, Free, Free, Free, Held, Free)]
    public void A_denial_holds_as_well_where_it_may(string caller, params string[] expected)
    {
        RuleInputs traits = RuleInputsFactory.Of(new RouteFacts(Callers[caller], [Home]), CallerIdentity.Nobody);
        Assert.Equal(
            Conditions.Keys.Zip(expected),
            Conditions.Select(condition => (condition.Key, Word(Decision.Of([new PolicyRule(condition.Value, 1) { Use = AgentChoice.None }], traits).Use))));
    }

    [Fact]
    public void A_rule_that_names_an_agent_holds_only_where_it_is_known_to() =>
        Assert.All(Callers.Values, caller =>
        {
            RuleInputs traits = RuleInputsFactory.Of(new RouteFacts(caller, [Home]), CallerIdentity.Nobody);
            Assert.All(Conditions.Values, when =>
                Assert.Equal(when.HoldFor(traits), Decision.Of([new PolicyRule(when, 1) { Use = AgentChoice.Parse("card") }], traits).Use is not null));
        });

    [Fact]
    public void A_rule_that_holds_decides_before_a_denial_behind_it_that_may()
    {
        RuleInputs traits = RuleInputsFactory.Of(new RouteFacts(Caller.Unknown, [Home]), CallerIdentity.Nobody);
        var first = new PolicyRule(new RuleConditions { Background = true }, 1) { Use = AgentChoice.Parse("card") };
        var denial = new PolicyRule(new RuleConditions { From = WorkAddress }, 2) { Use = AgentChoice.None };
        Assert.Same(first, Decision.Of([first, denial], traits).Use);
        Assert.True(Decision.Of([denial, first], traits).Use is { IsAssumed: true, Line: 2 });
    }

    private static string Word(PolicyRule? verdict) => verdict is null ? Free : verdict.IsAssumed ? Assumed : Held;
}
