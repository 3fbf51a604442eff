using CsCheck;
using Fairlead.Core.Agents;
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
        => Sample(facts => Assert.Equal(facts.Verdict is { Use.IsDenial: true }, Router.Choose(facts) is { DeniedBy: not null, Steps: [] }));

    [Fact]
    public void Every_agent_stands_in_the_route_at_most_once()
        => Sample(facts => Assert.Distinct(Router.Choose(facts).Names()));

    [Fact]
    public void No_agent_is_lost_when_any_may_answer()
        => Sample(facts => Assert.Equal(
            facts.Agents.Select(agent => agent.Agent.Path).Order(),
            Router.Choose(facts with { Fallback = FallbackMode.Any, Verdict = null }).Names().Order()));

    [Fact]
    public void A_narrower_fallback_only_takes_away_and_nothing_certain()
        => Sample(facts =>
        {
            RouteStep[] any = [.. Router.Choose(facts with { Fallback = FallbackMode.Any }).Steps];
            RouteStep[] sameOrigin = [.. Router.Choose(facts with { Fallback = FallbackMode.SameOrigin }).Steps];
            Assert.Equal(any.Where(step => step.IsCertain || step.Agent.IsAlways), Router.Choose(facts with { Fallback = FallbackMode.None }).Steps);
            Assert.Equal(any.Where(sameOrigin.Contains), sameOrigin);
        });

    [Fact]
    public void Within_the_same_origin_no_foreign_agent_answers()
        => Sample(facts => Assert.All(
            Router.Choose(facts with { Fallback = FallbackMode.SameOrigin }).Steps.Where(step => !step.IsCertain && !step.Agent.IsAlways),
            step =>
            {
                Assert.NotNull(step.Login?.ClientAddress);
                Assert.Equal(facts.Caller.ClientAddress, step.Login.ClientAddress);
                Assert.False(step.IsFromElsewhere);
            }));

    [Fact]
    public void Agents_that_are_always_asked_stand_in_every_route_but_that_of_another_host()
        => Sample(facts =>
        {
            Route route = Router.Choose(facts);
            AgentFacts[] always = [.. facts.Agents.Where(agent => agent.Agent.IsAlways)];
            Assert.True(route.DeniedBy is not null || always.All(agent => route.Steps.Any(step => step.Agent == agent.Agent)));
            Assert.DoesNotContain(route.ForFurtherHosts().Steps, step => step is { Reason: RouteReason.Local, Agent.IsAlways: true });
            Assert.Equal(route.Steps.Where(step => !step.Agent.IsAlways), route.ForFurtherHosts().Steps.Where(step => !step.Agent.IsAlways));
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
        || (facts.Verdict is not null && facts.Verdict.Use.Address == another.Login?.ClientAddress)
        || facts.Caller.Attachments.Any(attachment =>
            attachment.SessionPid == another.Login?.Pid
            || another.Login?.Terminals.Any(terminal => terminal.Device == attachment.Terminal) == true);

    private static void Sample(Action<RouteFacts> property) => RouteGenerator.AnyFacts.Sample(property);
}
