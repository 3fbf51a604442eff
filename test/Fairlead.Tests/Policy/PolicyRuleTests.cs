using Fairlead.Core.Policy;

namespace Fairlead.Tests.Policy;

public sealed class PolicyRuleTests
{
    private static readonly RuleInputs Git = new("203.0.113.7", "al", "/home/al/src/fairlead", "/usr/bin/git", IsBackground: false);
    private static readonly RuleInputs Nothing = new(null, null, null, null, IsBackground: true);

    [Fact]
    public void The_first_rule_that_holds_decides()
    {
        PolicyRule other = new(new RuleConditions { From = "192.0.2.1" }, 1) { Use = AgentChoice.None };
        PolicyRule first = new(new RuleConditions { From = "203.0.113.7" }, 2) { Use = AgentChoice.Parse("a") };
        PolicyRule second = new(new RuleConditions { Login = "al" }, 3) { Use = AgentChoice.Parse("b") };

        Assert.Same(first, Decision.Of([other, first, second], Git).Use);
        Assert.Null(Decision.Of([other], Git).Use);
        Assert.Null(Decision.Of([], Git).Use);
    }

    [Theory]
    [InlineData("/home/al", true)]
    [InlineData("/home/al/src/fairlead", true)]
    [InlineData("/", true)]
    [InlineData("/home/al/src/fair", false)]
    [InlineData("/home/bo", false)]
    public void A_folder_holds_what_is_below_it(string folder, bool holds) =>
        Assert.Equal(holds, new RuleConditions { Folder = folder }.HoldFor(Git));

    [Theory]
    [InlineData("git", true)]
    [InlineData("/usr/bin/git", true)]
    [InlineData("bin/git", false)]
    [InlineData("it", false)]
    public void A_program_is_known_by_its_name_or_its_path(string program, bool holds) =>
        Assert.Equal(holds, new RuleConditions { Executable = program }.HoldFor(Git));

    [Theory]
    [InlineData("deploy", true)]
    [InlineData("main", true)]
    [InlineData("Deploy", false)]
    [InlineData("dep", false)]
    public void A_session_is_known_by_its_whole_name(string session, bool holds) =>
        Assert.Equal(holds, new RuleConditions { Session = session }.HoldFor(Git with { Sessions = ["main", "deploy"] }));

    [Fact]
    public void Without_a_multiplexer_there_is_no_session() => Assert.False(new RuleConditions { Session = "main" }.HoldFor(Git));

    [Fact]
    public void All_conditions_must_hold()
    {
        Assert.True(new RuleConditions { From = "203.0.113.7", Executable = "git", Background = false }.HoldFor(Git));
        Assert.False(new RuleConditions { From = "203.0.113.7", Executable = "ssh" }.HoldFor(Git));
    }

    [Fact]
    public void Nothing_but_the_background_holds_for_a_caller_of_whom_nothing_is_known()
    {
        Assert.True(new RuleConditions { Background = true }.HoldFor(Nothing));
        Assert.False(new RuleConditions { Background = false }.HoldFor(Nothing));
        Assert.False(new RuleConditions { Folder = "/" }.HoldFor(Nothing));
        Assert.False(new RuleConditions { Executable = "ssh" }.HoldFor(Nothing));
    }

    [Theory]
    [InlineData("none", null, null)]
    [InlineData("keychain", "keychain", null)]
    [InlineData("from:203.0.113.7", null, "203.0.113.7")]
    public void A_choice_reads_as_it_is_written(string text, string? name, string? address)
    {
        var choice = AgentChoice.Parse(text);

        Assert.Equal((name, address, text), (choice.Name, choice.Address, choice.ToString()));
        Assert.Equal(text == "none", choice.IsDenial);
    }
}
