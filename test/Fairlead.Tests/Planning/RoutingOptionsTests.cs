using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Planning;

public sealed class RoutingOptionsTests
{
    private readonly RoutingOptions orders = new();

    [Fact]
    public void A_pin_outlives_the_configuration_being_read_again()
    {
        orders.Pin = Pin.Of(Make("a", 1));
        Agent same = Make("a", 1);

        Assert.Same(same, orders.PinnedOf([Make("b", 2), same]));
    }

    [Fact]
    public void A_pin_ends_with_its_agent_and_does_not_pass_to_the_next_at_its_path()
    {
        orders.Pin = Pin.Of(Make("a", 1));

        Assert.Null(orders.PinnedOf([Make("a", 2)]));
        Assert.Null(orders.PinnedOf([Make("a", 1)]));
    }

    [Fact]
    public void A_dead_agent_is_not_pinned_any_more()
    {
        Agent agent = Make("a", 1);
        orders.Pin = Pin.Of(agent);
        agent.IsDead = true;

        Assert.Null(orders.PinnedOf([agent]));
    }

    [Fact]
    public void Who_sets_a_bound_or_a_rule_wants_to_know_who_asks()
    {
        Assert.True(orders.AreEmpty);
        Assert.False(new RoutingOptions { Fallback = FallbackMode.SameOrigin }.AreEmpty);
        var byFolder = new RoutingRule(new RuleConditions { Folder = "/srv" }, AgentChoice.None, 1);
        Assert.False(new RoutingOptions { Rules = [byFolder] }.AreEmpty);
        Assert.True(new RoutingOptions { Rules = [byFolder] }.NeedProgram);
        Assert.False(new RoutingOptions { Rules = [byFolder with { When = new RuleConditions { Background = true } }] }.NeedProgram);
    }

    private static Agent Make(string path, ulong inode) => new()
    {
        Path = path,
        Source = AgentSource.Forwarded,
        Identity = new FileIdentity(1, inode),
        Created = default,
    };
}
