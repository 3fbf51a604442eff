using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using static Fairlead.Tests.Routing.Scene;

namespace Fairlead.Tests.Routing;

/// <summary>Every combination of a few logins, callers, pins and fallbacks, against an oracle that was written another way.</summary>
public sealed class DecisionTableTests
{
    private const string HomeConnection = $"{HomeAddress} 5001 10.0.0.1 22";
    private const string WorkConnection = $"{WorkAddress} 5002 10.0.0.1 22";
    private const string PhoneConnection = $"{HomeAddress} 5003 10.0.0.1 22";
    private const string TabletConnection = $"{WorkAddress} 5004 10.0.0.1 22";

    private static readonly Caller[] Callers =
    [
        Caller.Unknown,
        Below(900, 500),
        Below(900, 500, 100),
        Below(900, 200, 150, 100),
        Below(900, 300),
        Below(900, 550, 500), // a login of a server that is one process for all
        Below(900, 700), // one of its logins that has no agent
        Pane(),
        Pane() with { LastAttached = [200] },
        Pane() with { LastAttached = [300, 100] },
        Pane() with { LastAttached = [600] },
        Pane(On(400)),
        Pane(On(500, Noon), On(600, Noon.AddMinutes(3)), On(200, Noon.AddMinutes(1))),
        Pane(On(100, Noon)),
        Pane(On(100, Noon)) with { LastAttached = [200] },
        Pane(On(100, Noon), On(200, Noon.AddMinutes(1))),
        Pane(On(100, Noon) with { IsTypist = true }, On(200, Noon.AddMinutes(1))),
        Pane(On(100, Noon).InView(), On(200, Noon.AddMinutes(1))),
        Pane(On(100).InView(), On(200, Noon).InView(), On(300, Noon.AddMinutes(1)) with { IsTypist = true }),
        Pane(On(400).InView(), On(100)),
        Pane(On(100, Noon), On(300, Noon.AddMinutes(2)) with { IsReadOnly = true, IsTypist = true }),
        Pane(new Attachment(0, "pts/2")),
        Pane(Agentless(null)),
        Pane(Agentless("192.0.2.9")),
        Pane(Agentless(HomeAddress).InView(), On(200)),
        Pane(Agentless(WorkAddress) with { IsReadOnly = true }, On(100)),
        BelowServer(ConnectedFrom(300, Noon)),
        BelowServer(ConnectedFrom(300, Noon.AddMinutes(2)), ConnectedFrom(200, Noon.AddMinutes(1))),
        BelowServer(ConnectedFrom(400, Noon)),
        BelowServer(ConnectedFrom(0, Noon) with { ClientAddress = "192.0.2.9" }),
    ];

    private static readonly (string? AgentPath, string? Connection)[] Environments =
    [
        (null, null), ("home", null), ("work", HomeConnection), ("gone", WorkConnection), (null, $"{HomeAddress} 4000 10.0.0.1 22"), ("card", null),
        ("tied", TabletConnection),
    ];

    [Fact]
    public void Every_row_is_as_the_oracle_says()
    {
        int rows = 0;
        foreach (RouteFacts facts in Rows())
        {
            rows++;
            (string, RouteReason)[] expected = RouteOracle.Expect(facts);
            (string, RouteReason)[] chosen = Router.Choose(facts).Words();
            Assert.True(expected.SequenceEqual(chosen), $"""
                {facts.Caller} attachments [{string.Join(", ", facts.Caller.Attachments)}] environments [{string.Join(", ", facts.Caller.Environments)}]
                pinned [{string.Join(", ", facts.Pinned)}] rule {facts.Policy.Use} fallback {facts.Fallback} agents {string.Join(", ", facts.Agents.Select(agent => agent.Agent))}
                expected {string.Join(", ", expected)}
                chosen   {string.Join(", ", chosen)}
                """);
        }

        Assert.True(rows > 10_000, $"only {rows} rows");
    }

    private static IEnumerable<RouteFacts> Rows() =>
        from agents in AgentSets()
        from caller in Callers
        from environment in Environments
        from fallback in Enum.GetValues<FallbackMode>()
        from use in new[] { null, "none", "card", $"from:{HomeAddress}" }
        from pinned in new[] { null, "work", "card" }
        select new RouteFacts(environment == default ? caller : caller.WithEnvironment(environment.AgentPath, environment.Connection), agents)
        {
            Fallback = fallback,
            Policy = use is null ? Decision.None : Decision.Using(new PolicyRule(new RuleConditions { Background = true }, 1) { Use = AgentChoice.Parse(use) }),
            Pinned = [.. agents.Select(agent => agent.Agent).Where(agent => agent.Path == pinned)],
        };

    /// <summary>Each login away, alive or with an agent that died.</summary>
    private static IEnumerable<AgentFacts[]> AgentSets() =>
        from home in new bool?[] { null, true, false }
        from work in new bool?[] { null, true, false }
        from phone in new bool?[] { null, true, false }
        from card in new bool?[] { null, true }
        from server in new[] { false, true }
        select ((AgentFacts?[])
        [
            card is null ? null : Local("card"),
            home is null ? null : Forwarded("home", 100, Noon, HomeConnection, dead: home == false),
            work is null ? null : Forwarded("work", 200, Noon.AddMinutes(5), WorkConnection, dead: work == false),
            phone is null ? null : Forwarded("phone", 300, null, PhoneConnection, dead: phone == false),
            .. server ? OfOneProcess() : [],
        ]).OfType<AgentFacts>().ToArray();

    /// <summary>A server that is one process for all logins: two sessions of one connection share an agent, and of another agent nobody knows whose it is.</summary>
    private static IEnumerable<AgentFacts> OfOneProcess()
    {
        AgentFacts first = Forwarded("tablet", 500, Noon.AddMinutes(2), TabletConnection);
        return [first, first with { Login = first.Login! with { Pid = 600, Terminals = [new Terminal("pts/6", Noon.AddMinutes(4))] } }, Tied("tied")];
    }
}
