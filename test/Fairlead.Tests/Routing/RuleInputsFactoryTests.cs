using Fairlead.Core.Callers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>What rules are told of a caller.</summary>
public sealed class RuleInputsFactoryTests
{
    private const string Started = $"{HomeAddress} 4000 10.0.0.1 22";

    private static readonly AgentFacts Work = Forwarded("work", 200, Noon, $"{WorkAddress} 5002 10.0.0.1 22");

    [Fact]
    public void Where_the_person_sits_counts_more_than_where_the_pane_was_opened() =>
        Assert.Equal((WorkAddress, "al"), Place(Pane(On(200)).WithEnvironment(connection: Started)));

    [Fact]
    public void Without_a_login_that_is_sure_it_is_where_the_caller_was_started() =>
        Assert.Equal((HomeAddress, null), Place(Pane().WithEnvironment(connection: Started)));

    [Fact]
    public void A_person_without_an_agent_is_where_they_look_from_whoever_answers()
    {
        Caller caller = Pane(Agentless("192.0.2.9").InView(), On(200, Noon)).WithEnvironment(connection: Started);
        Assert.Equal("192.0.2.9", Place(caller).Item1);
    }

    [Fact]
    public void A_pin_does_not_move_the_person()
    {
        AgentFacts home = Forwarded("home", 100, Noon, Started);
        var facts = new RouteFacts(Below(900, 200), [home, Work]) { Pinned = [home.Agent] };
        Assert.Equal(WorkAddress, RuleInputsFactory.Of(facts, CallerIdentity.Nobody).From);
    }

    [Fact]
    public void Only_who_has_no_terminal_no_multiplexer_and_no_login_is_in_the_background()
    {
        Assert.True(IsBackground(Below(900)));
        Assert.True(IsBackground(Caller.Unknown));
        Assert.False(IsBackground(Below(900) with { HasTerminal = true }));
        Assert.False(IsBackground(Pane()));
        Assert.False(IsBackground(Below(900, 200)));
        Assert.False(IsBackground(Below(900).WithEnvironment(connection: Started)));
    }

    private static bool IsBackground(Caller caller) => RuleInputsFactory.Of(new RouteFacts(caller, [Work]), CallerIdentity.Nobody).IsBackground;

    private static (string?, string?) Place(Caller caller)
    {
        RuleInputs traits = RuleInputsFactory.Of(new RouteFacts(caller, [Work]), CallerIdentity.Nobody);
        return (traits.From, traits.Login);
    }
}
