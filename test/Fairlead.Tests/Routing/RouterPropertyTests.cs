using CsCheck;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

/// <summary>What holds for every caller and every set of agents.</summary>
public sealed class RouterPropertyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // Few pids and addresses, so that callers, logins and each other meet often.
    private static readonly Gen<int> Pid = Gen.Int[100, 105];
    private static readonly Gen<string?> Address = Gen.Int[0, 2].Select(number => number == 0 ? null : $"192.0.2.{number}");

    private static readonly Gen<Caller> AnyCaller =
        Gen.Select(Pid.Array[0, 4], Address, (ancestors, address) => new Caller(300, [.. ancestors.Distinct()], address));

    private static readonly Gen<Terminal[]> Terminals =
        Gen.Int[0, 4].Select(minutes => new Terminal("pts/1", minutes == 0 ? null : Noon.AddMinutes(minutes))).Array[0, 2];

    private static readonly Gen<Login?> AnyLogin =
        Gen.Select(Gen.Bool, Pid, Gen.Bool, Terminals, Address, (known, pid, titled, terminals, address) =>
            known ? new Login(pid, titled ? "al" : null, terminals, address) : null);

    private static readonly Gen<AgentFacts> AnyAgent =
        Gen.Select(Gen.Enum<AgentSource>(), AnyLogin, (source, login) => (source, login))
            .Select(agent => new AgentFacts(Make(agent.source), agent.source == AgentSource.Local ? null : agent.login));

    private static readonly Gen<AgentFacts[]> Agents = AnyAgent.Array[0, 8].Select(Numbered);

    [Fact]
    public void An_own_live_login_always_leads()
        => Sample((caller, agents) =>
        {
            int nearest = caller.Ancestors.FirstOrDefault(ancestor => agents.Any(agent => agent.Login?.Pid == ancestor));
            Route route = Choose(caller, agents);
            Assert.Equal(nearest != 0, route.Leader?.Reason == RouteReason.OwnLogin);
            Assert.True(nearest == 0 || route.Leader?.Login?.Pid == nearest);
        });

    [Fact]
    public void Every_agent_stands_in_the_route_exactly_once()
        => Sample((caller, agents) => Assert.Equal(
            agents.Select(agent => agent.Agent.Path).Order(),
            Choose(caller, agents).Steps.Select(step => step.Agent.Path).Order()));

    [Fact]
    public void Another_login_never_changes_who_leads_a_caller_with_an_own_login()
        => Gen.Select(AnyCaller, Agents, AnyAgent).Sample((caller, agents, another) =>
        {
            Route before = Choose(caller, agents);
            if (before.Leader?.Reason == RouteReason.OwnLogin && !caller.Ancestors.Contains(another.Login?.Pid ?? 0))
            {
                Assert.Same(before.Leader.Agent, Choose(caller, [another, .. agents]).Leader!.Agent);
                Assert.Same(before.Leader.Agent, Choose(caller, [.. agents, another]).Leader!.Agent);
            }
        });

    [Fact]
    public void The_same_facts_give_the_same_route()
        => Sample((caller, agents) => Assert.Equal(Choose(caller, agents).Steps, Choose(caller, agents).Steps));

    [Fact]
    public void The_order_in_which_agents_were_found_does_not_matter()
        => Gen.Select(AnyCaller, Agents, Gen.Int).Sample((caller, agents, seed) =>
        {
            // The ties that order does decide: agents of one login among an own login's, and local ones, which the configuration orders.
            AgentFacts[] unique = [.. agents.Where(agent => agent.Agent.Source != AgentSource.Local).DistinctBy(agent => agent.Login?.Pid)];
            AgentFacts[] shuffled = [.. unique];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(Choose(caller, unique).Steps, Choose(caller, shuffled).Steps);
        });

    [Fact]
    public void Local_agents_are_always_last()
        => Sample((caller, agents) =>
        {
            AgentSource[] sources = [.. Choose(caller, agents).Steps.Select(step => step.Agent.Source)];
            Assert.DoesNotContain(sources.SkipWhile(source => source != AgentSource.Local), source => source != AgentSource.Local);
        });

    private static void Sample(Action<Caller, AgentFacts[]> property) => Gen.Select(AnyCaller, Agents).Sample(property);

    private static Route Choose(Caller caller, params AgentFacts[] agents) => Router.Choose(new RouteFacts(caller, agents));

    private static Agent Make(AgentSource source, int number = 0) => new()
    {
        Path = $"agent-{number}",
        Source = source,
        Identity = new FileIdentity(1, (ulong)number),
        Created = Noon.AddSeconds(number),
    };

    private static AgentFacts[] Numbered(AgentFacts[] agents) =>
        [.. agents.Select((agent, number) => agent with { Agent = Make(agent.Agent.Source, number) })];
}
