using Fairlead.Core.Callers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>Callers without a multiplexer, and what the fallbacks may reach.</summary>
public sealed class RouterTests
{
    [Fact]
    public void A_path_that_is_another_login_s_now_is_a_guess_within_its_bounds()
    {
        AgentFacts moved = Forwarded("fixed", 100, Noon.AddHours(1), $"{WorkAddress} 5002 x 22");
        AgentFacts home = Forwarded("home", 200, Noon, $"{HomeAddress} 5001 x 22");
        Caller caller = Below(300).WithEnvironment("fixed", $"{HomeAddress} 5001 x 22");
        Assert.Equal([("home", RouteReason.Environment), ("fixed", RouteReason.MostRecentlyTyped)], Choose(caller, moved, home).Words());

        RouteFacts gone = new(Below(300).WithEnvironment("fixed", $"{HomeAddress} 4000 x 22"), [moved]);
        Assert.Equal([("fixed", RouteReason.MostRecentlyTyped)], Router.Choose(gone).Words());
        Assert.Empty(Router.Choose(gone with { Fallback = FallbackMode.SameOrigin }).Steps);
        Assert.Empty(Router.Choose(gone with { Fallback = FallbackMode.None }).Steps);
    }

    [Fact]
    public void A_path_whose_login_is_not_known_is_named_still_where_no_other_login_is()
    {
        AgentFacts tunnel = Forwarded("fixed", 100, null);
        Caller caller = Below(300).WithEnvironment("fixed", $"{HomeAddress} 5001 x 22");
        Assert.Equal(RouteReason.Environment, Choose(caller, tunnel).Leader!.Reason);
        Assert.Equal("home", Choose(caller, tunnel, Forwarded("home", 200, Noon, $"{HomeAddress} 5001 x 22")).Leader!.Agent.Path);
    }

    [Fact]
    public void A_shell_is_answered_by_its_own_login_although_another_was_typed_in_later()
    {
        AgentFacts own = Forwarded("own", 100, typed: Noon);
        AgentFacts other = Forwarded("other", 200, typed: Noon.AddHours(1));
        Route route = Choose(Below(300, 250, 100), other, own);
        Assert.Equal([("own", RouteReason.OwnLogin), ("other", RouteReason.MostRecentlyTyped)], route.Words());
        Assert.True(route.Leader!.IsCertain);
    }

    [Fact]
    public void Of_logins_inside_logins_the_nearest_leads()
    {
        AgentFacts outer = Forwarded("outer", 100, typed: Noon);
        AgentFacts inner = Forwarded("inner", 200, typed: null);
        Assert.Equal(
            [("inner", RouteReason.OwnLogin), ("outer", RouteReason.OwnLogin)],
            Choose(Below(300, 200, 150, 100), outer, inner).Words());
    }

    [Fact]
    public void Without_an_own_login_who_typed_last_leads()
    {
        AgentFacts early = Forwarded("early", 100, typed: Noon);
        AgentFacts late = Forwarded("late", 200, typed: Noon.AddMinutes(1));
        AgentFacts headless = Forwarded("headless", 300, typed: null);
        Route route = Choose(Caller.Unknown, headless, early, late);
        Assert.Equal(["late", "early", "headless"], route.Names());
        Assert.False(route.Leader!.IsCertain);
    }

    [Fact]
    public void Logins_from_the_callers_own_machine_come_before_others_even_without_a_terminal()
    {
        AgentFacts home = Forwarded("home", 100, typed: null, HomeAddress);
        AgentFacts work = Forwarded("work", 200, typed: Noon, WorkAddress);
        Route route = Choose(Below(300).WithEnvironment(connection: $"{HomeAddress} 1 x 22"), work, home);
        Assert.Equal(["home", "work"], route.Names());
        Assert.Equal([false, true], route.Steps.Select(step => step.IsFromElsewhere));
        Assert.Equal(["work", "home"], Choose(Below(300), work, home).Names());
    }

    [Fact]
    public void Of_equals_the_newest_leads()
    {
        AgentFacts old = Forwarded("old", 100, typed: Noon, created: Noon);
        AgentFacts young = Forwarded("young", 200, typed: Noon, created: Noon.AddSeconds(1));
        Assert.Equal(["young", "old"], Choose(Caller.Unknown, old, young).Names());
    }

    [Fact]
    public void Local_agents_stand_last_in_the_order_of_the_configuration()
    {
        AgentFacts forwarded = Forwarded("forwarded", 100, typed: null);
        Route route = Choose(Caller.Unknown, Local("two"), forwarded, Local("one"));
        Assert.Equal(["forwarded", "two", "one"], route.Names());
        Assert.Equal(RouteReason.Local, route.Steps[^1].Reason);
    }

    [Fact]
    public void Without_agents_the_route_is_empty() => Assert.Null(Choose(Below(1, 2, 3)).Leader);

    [Fact]
    public void An_agent_that_died_meanwhile_stands_in_no_route() =>
        Assert.Equal(["other"], Choose(Below(300, 100), Forwarded("own", 100, Noon, dead: true), Forwarded("other", 200, null)).Names());

    [Fact]
    public void A_pinned_agent_leads_everybody()
    {
        AgentFacts own = Forwarded("own", 100, typed: Noon);
        AgentFacts card = Local("card");
        Route route = Router.Choose(new RouteFacts(Below(300, 100), [own, card]) { Pinned = [card.Agent] });
        Assert.Equal([("card", RouteReason.Pinned), ("own", RouteReason.OwnLogin)], route.Words());
        Assert.True(route.Leader!.IsCertain);
    }

    [Fact]
    public void A_rule_s_agent_comes_before_an_own_login_and_behind_a_pin()
    {
        AgentFacts own = Forwarded("own", 100, typed: Noon);
        AgentFacts card = Local("card");
        AgentFacts work = Forwarded("work", 200, null, WorkAddress);
        var facts = new RouteFacts(Below(300, 100), [own, card, work]) { Policy = Decision.Using(Rule("card")), Pinned = [work.Agent] };
        Assert.Equal([("work", RouteReason.Pinned), ("card", RouteReason.Rule), ("own", RouteReason.OwnLogin)], Router.Choose(facts).Words());
    }

    [Fact]
    public void A_rule_can_name_the_logins_from_an_address()
    {
        AgentFacts early = Forwarded("early", 100, Noon, WorkAddress);
        AgentFacts late = Forwarded("late", 200, Noon.AddMinutes(1), WorkAddress);
        AgentFacts home = Forwarded("home", 300, Noon.AddMinutes(2), HomeAddress);
        var facts = new RouteFacts(Below(900), [home, early, late]) { Policy = Decision.Using(Rule($"from:{WorkAddress}")), Fallback = FallbackMode.None };
        Assert.Equal([("late", RouteReason.Rule), ("early", RouteReason.Rule)], Router.Choose(facts).Words());
    }

    [Fact]
    public void A_rule_whose_agent_is_not_there_leaves_the_others() =>
        Assert.Equal("own", Router.Choose(new RouteFacts(Below(300, 100), [Forwarded("own", 100, Noon)]) { Policy = Decision.Using(Rule("card")) }).Leader!.Agent.Path);

    [Fact]
    public void A_rule_that_denies_leaves_nobody_not_even_who_is_pinned()
    {
        AgentFacts own = Forwarded("own", 100, Noon);
        Route route = Router.Choose(new RouteFacts(Below(300, 100), [own]) { Policy = Decision.Using(Rule("none")), Pinned = [own.Agent] });
        Assert.Empty(route.Steps);
        Assert.Equal(7, route.DeniedBy!.Line);
    }

    [Fact]
    public void A_program_that_outlived_its_login_is_answered_by_the_agent_that_its_environment_names()
    {
        AgentFacts named = Forwarded("named", 100, typed: Noon);
        AgentFacts other = Forwarded("other", 200, typed: Noon.AddHours(1));
        Route route = Choose(Below(300).WithEnvironment("named", "192.0.2.99 1 x 22"), other, named);
        Assert.Equal([("named", RouteReason.Environment), ("other", RouteReason.MostRecentlyTyped)], route.Words());
        Assert.Equal(300, route.Leader!.Environment!.Pid);
    }

    [Fact]
    public void The_same_connection_names_a_login_the_same_address_alone_does_not()
    {
        AgentFacts one = Forwarded("one", 100, null, $"{HomeAddress} 5001 10.0.0.1 22");
        AgentFacts two = Forwarded("two", 200, Noon, $"{HomeAddress} 5002 10.0.0.1 22");
        Caller caller = Below(300).WithEnvironment("gone", $"{HomeAddress} 5001 10.0.0.1 22");
        Assert.Equal([("one", RouteReason.Environment), ("two", RouteReason.MostRecentlyTyped)], Choose(caller, one, two).Words());
    }

    [Fact]
    public void Of_several_environments_the_nearest_counts_first()
    {
        Caller caller = Below(300, 290).WithEnvironment("near").WithEnvironment("far");
        Assert.Equal(["near", "far"], Choose(caller, Forwarded("far", 100, Noon), Forwarded("near", 200, null)).Names());
    }

    [Theory]
    [InlineData(nameof(FallbackMode.Any), "home", "work", "card")]
    [InlineData(nameof(FallbackMode.SameOrigin), "home")]
    [InlineData(nameof(FallbackMode.None))]
    public void The_fallback_says_how_far_a_choice_may_go(string mode, params string[] expected)
    {
        AgentFacts[] agents = [Forwarded("work", 200, Noon, WorkAddress), Forwarded("home", 100, null, HomeAddress), Local("card")];
        Caller caller = Below(300).WithEnvironment(connection: $"{HomeAddress} 1 x 22");
        Assert.Equal(expected, Router.Choose(new RouteFacts(caller, agents) { Fallback = Enum.Parse<FallbackMode>(mode) }).Names());
    }

    /// <summary>A phone without forwarding looks at a pane that was opened from home.</summary>
    [Theory]
    [InlineData(nameof(FallbackMode.Any), "home", "phone", "work", "card")]
    [InlineData(nameof(FallbackMode.SameOrigin), "phone")]
    [InlineData(nameof(FallbackMode.None))]
    public void Before_a_terminal_without_an_agent_it_is_who_looks_that_counts(string mode, params string[] expected)
    {
        const string Phone = "192.0.2.9";
        AgentFacts[] agents = [Forwarded("work", 200, Noon, WorkAddress), Forwarded("home", 100, null, $"{HomeAddress} 1 x 22"), Forwarded("phone", 300, null, Phone), Local("card")];
        Caller caller = Pane(Agentless(Phone)).WithEnvironment(connection: $"{HomeAddress} 1 x 22");
        Assert.Equal(expected, Router.Choose(new RouteFacts(caller, agents) { Fallback = Enum.Parse<FallbackMode>(mode) }).Names());
    }

    [Fact]
    public void Where_two_look_the_logins_of_both_places_are_of_the_same_origin_but_not_an_onlooker_s()
    {
        AgentFacts[] agents = [Forwarded("work", 200, Noon, WorkAddress), Forwarded("home", 100, null, HomeAddress), Forwarded("phone", 300, null, "192.0.2.9")];
        Caller caller = Pane(Agentless(HomeAddress), Agentless(WorkAddress), Agentless("192.0.2.9") with { IsReadOnly = true });
        Assert.Equal(["work", "home"], Router.Choose(new RouteFacts(caller, agents) { Fallback = FallbackMode.SameOrigin }).Names());
    }

    [Fact]
    public void Who_comes_from_nowhere_has_no_origin_to_share() =>
        Assert.Empty(Router.Choose(
            new RouteFacts(Below(300), [Forwarded("a", 100, Noon), Local("card")]) { Fallback = FallbackMode.SameOrigin }).Steps);

    [Fact]
    public void No_fallback_takes_an_own_login_away() =>
        Assert.Equal(["own"], Router.Choose(
            new RouteFacts(Below(300, 100), [Forwarded("own", 100, Noon)]) { Fallback = FallbackMode.None }).Names());

    [Fact]
    public void The_examination_names_every_rule_in_order_and_agrees_with_the_choice()
    {
        RouteFacts facts = new(Below(300, 100).WithEnvironment("other"), [Forwarded("own", 100, Noon), Forwarded("other", 200, null)]);
        IReadOnlyList<RuleFinding> findings = Router.Examine(facts);
        Assert.Equal(Enum.GetValues<RouteReason>(), findings.Select(finding => finding.Rule));
        Assert.Equal(Router.Choose(facts).Steps, findings.SelectMany(finding => finding.Steps).DistinctBy(step => step.Agent));
    }

    [Fact]
    public void Every_reason_has_words()
        => Assert.All(Enum.GetValues<RouteReason>(), reason =>
        {
            Assert.Matches("^[a-z-]+$", reason.Word());
            Assert.NotEmpty(reason.Describe());
        });

    private static PolicyRule Rule(string use) => new(new RuleConditions(), 7) { Use = AgentChoice.Parse(use) };

    private static Route Choose(Caller caller, params AgentFacts[] agents) => Router.Choose(new RouteFacts(caller, agents));
}
