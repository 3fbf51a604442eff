using Fairlead.Core.Agents;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Handlers;
using Fairlead.Output;
using Fairlead.Tests.Agents;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Handlers;

/// <summary>Which agents are one laptop's, and what that is called.</summary>
public sealed class LaptopsTests
{
    private const string Home = $"{HomeAddress} 1 x 22";

    private readonly AgentFacts first = Forwarded("/tmp/ssh-XXXXhome01/agent.100", 100, Noon, Home);
    private readonly AgentFacts second = Forwarded("/tmp/ssh-XXXXhome02/agent.200", 200, Noon, Home);
    private readonly AgentFacts third = Forwarded("/tmp/ssh-XXXXhome03/agent.300", 300, Noon, Home);

    private string?[] Names => [.. new[] { first, second, third }.Select(agent => new Laptops([first, second, third]).NameOf(agent.Agent))];

    [Fact]
    public void Windows_of_one_address_are_one_laptop() => Assert.Equal([HomeAddress, HomeAddress, HomeAddress], Names);

    [Fact]
    public void A_key_that_was_added_in_between_does_not_make_a_second_laptop()
    {
        Lists(first, "a", "b");
        Lists(second, "b");
        Lists(third);

        Assert.Equal([HomeAddress, HomeAddress, HomeAddress], Names);
    }

    [Fact]
    public void Two_laptops_behind_one_router_have_the_names_of_their_keys()
    {
        Lists(first, "a");
        Lists(second, "b");

        Assert.Equal([$"{HomeAddress} (comment of a)", $"{HomeAddress} (comment of b)", HomeAddress], Names);
    }

    [Fact]
    public void What_links_two_lists_makes_them_one_laptops()
    {
        Lists(first, "a");
        Lists(second, "b");
        Lists(third, "a", "b");

        Assert.Equal([HomeAddress, HomeAddress, HomeAddress], Names);
    }

    [Fact]
    public void An_agent_of_this_machine_is_no_laptops() => Assert.Null(new Laptops([first, Local("keychain")]).NameOf(Local("keychain").Agent));

    [Fact]
    public void A_login_without_an_agent_belongs_to_the_only_laptop_at_its_address()
    {
        first.Agent.LaptopName = second.Agent.LaptopName = "sofa";
        Assert.Equal("sofa", new Laptops([first, second]).NameAt(HomeAddress));

        second.Agent.LaptopName = "desk";
        Assert.Equal(HomeAddress, new Laptops([first, second]).NameAt(HomeAddress));
        Assert.Equal(WorkAddress, new Laptops([first]).NameAt(WorkAddress));
        Assert.Null(new Laptops([first]).NameAt(null));
    }

    [Fact]
    public void A_name_from_the_configuration_is_used_wherever_the_agent_is_named()
    {
        Lists(second, "b");
        var options = new RoutingOptions
        {
            Laptops = [new NamedLaptop("desk", null, KeyListTests.Fingerprint("b"), 1), new NamedLaptop("sofa", HomeAddress, null, 2), new NamedLaptop("all", null, null, 3)],
        };
        options.Name([first, second, Local("keychain")]);

        Assert.Equal(["sofa", "desk", null], Names.Take(2).Append(Local("keychain").Agent.LaptopName));
        Assert.Equal("sofa (pts/1)", AgentName.Of(first.Agent, first.Login));
        Assert.Equal(new LaptopPin("desk"), PinHandler.Find([first, second], "desk"));
        Assert.Equal([second.Agent], new LaptopPin("desk").In([first, second]));
    }

    [Fact]
    public void A_name_that_the_configuration_no_longer_has_is_forgotten()
    {
        first.Agent.LaptopName = "sofa";
        new RoutingOptions().Name([first]);
        Assert.Null(first.Agent.LaptopName);
    }

    private static void Lists(AgentFacts agent, params string[] keys) =>
        agent.Agent.Keys = KeyList.After(null, KeyListTests.Answer([.. keys.Select(key => (key, $"comment of {key}"))]));
}
