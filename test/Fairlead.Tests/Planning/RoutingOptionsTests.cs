using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Planning;

public sealed class RoutingOptionsTests
{
    private readonly RoutingOptions orders = new();

    [Fact]
    public void A_pin_outlives_the_configuration_being_read_again()
    {
        orders.Pin = AgentPin.Of(Make("a", 1));
        Agent same = Make("a", 1);

        Assert.Same(same, Assert.Single(PinnedOf(Make("b", 2), same)));
    }

    [Fact]
    public void A_pin_ends_with_its_agent_and_does_not_pass_to_the_next_at_its_path()
    {
        orders.Pin = AgentPin.Of(Make("a", 1));

        Assert.Empty(PinnedOf(Make("a", 2)));
        Assert.Empty(PinnedOf(Make("a", 1)));
    }

    [Fact]
    public void A_dead_agent_is_not_pinned_any_more()
    {
        Agent agent = Make("a", 1);
        orders.Pin = AgentPin.Of(agent);
        agent.IsDead = true;

        Assert.Empty(PinnedOf(agent));
    }

    [Fact]
    public void A_pinned_laptop_is_all_its_logins_the_one_typed_in_last_first_and_those_that_come_later()
    {
        AgentFacts sofa = Forwarded("sofa", 100, Noon, $"{HomeAddress} 1 x 22");
        AgentFacts desk = Forwarded("desk", 200, Noon.AddHours(1), $"{HomeAddress} 2 x 22");
        AgentFacts work = Forwarded("work", 300, Noon.AddHours(2), $"{WorkAddress} 3 x 22");
        orders.Pin = new LaptopPin(HomeAddress);

        Assert.Equal([desk.Agent, sofa.Agent], orders.PinnedOf([sofa, desk, work]));
        Assert.Empty(orders.PinnedOf([work]));
        Assert.Equal([sofa.Agent], orders.PinnedOf([work, sofa]));
    }

    [Fact]
    public void A_pin_that_is_taken_back_is_named_unless_it_has_ended_with_its_agent()
    {
        Agent agent = Make("a", 1);
        orders.Pin = AgentPin.Of(agent);
        Assert.Null(orders.Unpin([]));
        orders.Pin = AgentPin.Of(agent);
        Assert.Equal(AgentPin.Of(agent), orders.Unpin([new AgentFacts(agent, null)]));
        Assert.Null(orders.Pin);
        orders.Pin = new LaptopPin(HomeAddress);
        Assert.Equal(new LaptopPin(HomeAddress), orders.Unpin([]));
        Assert.Null(orders.Unpin([]));
    }

    [Fact]
    public void Who_sets_a_bound_or_a_rule_wants_to_know_who_asks()
    {
        Assert.True(orders.AreEmpty);
        Assert.False(new RoutingOptions { Fallback = FallbackMode.SameOrigin }.AreEmpty);
        var byFolder = new PolicyRule(new RuleConditions { Folder = "/srv" }, 1) { Use = AgentChoice.None };
        Assert.False(new RoutingOptions { Rules = [byFolder] }.AreEmpty);
        Assert.True(new RoutingOptions { Rules = [byFolder] }.Needs.Program);
        Assert.False(new RoutingOptions { Rules = [byFolder with { When = new RuleConditions { Background = true } }] }.Needs.Program);
    }

    private IReadOnlyList<Agent> PinnedOf(params Agent[] agents) => orders.PinnedOf(agents.Select(agent => new AgentFacts(agent, null)));

    private static Agent Make(string path, ulong inode) => new()
    {
        Path = path,
        Source = AgentSource.Forwarded,
        Identity = new FileIdentity(1, inode),
        Created = default,
    };
}
