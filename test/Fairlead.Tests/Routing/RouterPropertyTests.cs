using CsCheck;
using Fairlead.Core.Agents;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

/// <summary>What holds for every caller and every set of agents.</summary>
public sealed class RouterPropertyTests
{
    [Fact]
    public void Only_a_pin_or_a_rule_passes_over_an_own_live_login()
        => Sample(facts =>
        {
            Route route = Router.Choose(facts);
            AgentFacts[] left = [.. facts.Agents.Where(agent => !route.Steps.Any(step => step.Agent == agent.Agent && step.Reason < RouteReason.OwnLogin))];
            RouteStep? next = route.Steps.FirstOrDefault(step => step.Reason >= RouteReason.OwnLogin);
            int own = facts.Caller.Ancestors.FirstOrDefault(ancestor => left.Any(agent => agent.Login?.Pid == ancestor));
            if (route.DeniedBy is null)
            {
                Assert.Equal(own != 0, next?.Reason == RouteReason.OwnLogin);
                Assert.True(own == 0 || next?.Login?.Pid == own);
            }
        });

    [Fact]
    public void A_denial_is_stronger_than_everything()
        => Sample(facts => Assert.Equal(facts.Policy.Use is { Use.IsDenial: true }, Router.Choose(facts) is { DeniedBy: not null, Steps: [] }));

    [Fact]
    public void An_agent_that_leads_back_to_us_or_has_died_stands_in_no_route_and_moves_no_other()
        => Gen.Select(RouteGenerator.AnyFacts, Gen.Int[0, 255], Gen.Bool).Sample((facts, which, isDead) =>
        {
            AgentFacts[] gone = [.. facts.Agents.Where((_, number) => (which >> number & 1) != 0)];
            foreach (AgentFacts agent in gone)
            {
                agent.Agent.IsDead = isDead;
                agent.Agent.Refusal = isDead ? null : Refusal.Ourselves;
            }

            Assert.Equal(Router.Choose(facts with { Agents = [.. facts.Agents.Except(gone)] }).Words(), Router.Choose(facts).Words());
        });

    [Fact]
    public void A_login_that_does_not_see_a_pane_never_changes_the_order_of_those_that_do()
        => Gen.Select(RouteGenerator.AnyFacts, RouteGenerator.AnyAgent).Sample((facts, another) =>
        {
            if (!IsRelated(another, facts))
            {
                Assert.Equal(Attached(facts), Attached(facts with { Agents = [another, .. facts.Agents] }));
            }

            static IEnumerable<Agent> Attached(RouteFacts facts) =>
                Router.Choose(facts).Steps.Where(step => step.Reason == RouteReason.Attached).Select(step => step.Agent);
        });

    [Fact]
    public void The_lead_is_the_first_of_the_route()
        => Sample(facts => Assert.Equal(Router.Choose(facts).Leader, Router.Lead(facts)));

    [Fact]
    public void Every_agent_stands_in_the_route_at_most_once()
        => Sample(facts => Assert.Distinct(Router.Choose(facts).Names()));

    [Fact]
    public void No_agent_is_lost_when_any_may_answer()
        => Sample(facts => Assert.Equal(
            facts.Agents.Select(agent => agent.Agent.Path).Order(),
            Router.Choose(facts with { Fallback = FallbackMode.Any, Policy = Decision.None }).Names().Order()));

    [Fact]
    public void A_narrower_fallback_only_takes_away_and_of_what_is_certain_only_where_a_pane_in_view_was_started()
        => Sample(facts =>
        {
            bool isInView = facts.Caller.Attachments.Count > 0;
            RouteStep[] any = [.. Router.Choose(facts with { Fallback = FallbackMode.Any }).Steps];
            RouteStep[] sameOrigin = [.. Router.Choose(facts with { Fallback = FallbackMode.SameOrigin }).Steps];
            Assert.Equal(any.Where(step => !step.Agent.IsAlways && step.IsCertain && !(isInView && step.Reason == RouteReason.Environment)), Router.Choose(facts with { Fallback = FallbackMode.None }).Steps.Where(step => !step.Agent.IsAlways));
            Assert.Empty(sameOrigin.Select(step => step.Agent).Except(any.Select(step => step.Agent)));
        });

    [Fact]
    public void Within_the_same_origin_no_foreign_agent_answers()
        => Sample(facts =>
        {
            string?[] places = facts.Caller.Attachments.Count > 0
                ? [.. facts.Caller.Attachments.Select(viewer => viewer.ClientAddress), .. facts.Agents.Where(agent => IsSeenBy(agent, facts)).Select(agent => agent.Login?.ClientAddress)]
                : [facts.Caller.ClientAddress, .. facts.Agents.Where(agent => facts.Caller.Ancestors.Contains(agent.Login?.Pid ?? 0)).Select(agent => agent.Login?.ClientAddress)];
            Assert.All(
                Router.Choose(facts with { Fallback = FallbackMode.SameOrigin }).Steps.Where(step => !step.IsCertain && !step.Agent.IsAlways),
                step =>
                {
                    Assert.NotNull(step.Login?.ClientAddress);
                    Assert.Contains(step.Login.ClientAddress, places);
                    Assert.False(step.IsFromElsewhere);
                });
        });

    [Fact]
    public void Before_a_terminal_without_an_agent_no_agent_of_another_place_answers()
        => Sample(facts =>
        {
            RouteFacts phone = facts with
            {
                Caller = facts.Caller with { Ancestors = [300], Attachments = [new Attachment(0, "pts/9") { ClientAddress = "192.0.2.9" }], LastAttached = [] },
                Pinned = [],
                Policy = Decision.None,
            };
            Assert.DoesNotContain(Router.Choose(phone with { Fallback = FallbackMode.SameOrigin }).Steps, step => !step.Agent.IsAlways);
            Assert.DoesNotContain(Router.Choose(phone with { Fallback = FallbackMode.None }).Steps, step => !step.Agent.IsAlways);
        });

    [Fact]
    public void Agents_that_are_always_asked_stand_in_every_route_but_that_of_another_host()
        => Sample(facts =>
        {
            Route route = Router.Choose(facts);
            AgentFacts[] always = [.. facts.Agents.Where(agent => agent.Agent.IsAlways)];
            Assert.True(route.DeniedBy is not null || always.All(agent => route.Steps.Any(step => step.Agent == agent.Agent)));
            Assert.DoesNotContain(route.ForForwarded().Steps, step => step is { Reason: RouteReason.Local, Agent.IsAlways: true });
            Assert.Equal(route.Steps.Where(step => !step.Agent.IsAlways), route.ForForwarded().Steps.Where(step => !step.Agent.IsAlways));
        });

    [Fact]
    public void Another_login_never_changes_who_leads_a_caller_whose_person_is_known_to_be_there()
        => Gen.Select(RouteGenerator.AnyFacts, RouteGenerator.AnyAgent).Sample((facts, another) =>
        {
            Route before = Router.Choose(facts);
            if (before.Leader is { Reason: RouteReason.OwnLogin or RouteReason.Attached } && !IsRelated(another, facts))
            {
                Assert.Same(before.Leader.Agent, Router.Choose(facts with { Agents = [another, .. facts.Agents] }).Leader!.Agent);
                Assert.Same(before.Leader.Agent, Router.Choose(facts with { Agents = [.. facts.Agents, another] }).Leader!.Agent);
            }
        });

    [Fact]
    public void The_order_in_which_facts_were_found_does_not_matter()
        => Gen.Select(RouteGenerator.AnyFacts, Gen.Int).Sample((facts, seed) =>
        {
            // The configuration orders its agents, and that order counts.
            var random = new Random(seed);
            AgentFacts[] forwarded = [.. facts.Agents.Where(agent => !agent.IsLocal)];
            random.Shuffle(forwarded);
            var attachments = facts.Caller.Attachments.ToArray();
            random.Shuffle(attachments);
            RouteFacts shuffled = facts with
            {
                Agents = [.. facts.Agents.Where(agent => agent.IsLocal), .. forwarded],
                Caller = facts.Caller with { Attachments = attachments },
            };
            Assert.Equal(Router.Choose(facts).Words(), Router.Choose(shuffled).Words());
        });

    [Fact]
    public void Reasons_never_grow_stronger_along_a_route()
        => Sample(facts =>
        {
            RouteReason[] reasons = [.. Router.Choose(facts).Steps.Select(step => step.Reason)];
            Assert.Equal(reasons.Order(), reasons);
        });

    private static bool IsRelated(AgentFacts another, RouteFacts facts) =>
        facts.Caller.Ancestors.Contains(another.Login?.Pid ?? 0)
        || (facts.Policy.Use is { Use: { } use } && use.Address == another.Login?.ClientAddress)
        || IsSeenBy(another, facts);

    private static bool IsSeenBy(AgentFacts agent, RouteFacts facts) =>
        facts.Caller.Attachments.Any(attachment =>
            attachment.LoginPid == agent.Login?.Pid
            || agent.Login?.Terminals.Any(terminal => terminal.Device == attachment.Terminal) == true);

    private static void Sample(Action<RouteFacts> property) => RouteGenerator.AnyFacts.Sample(property);
}
