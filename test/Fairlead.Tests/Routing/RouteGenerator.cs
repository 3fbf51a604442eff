using CsCheck;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

/// <summary>Any caller among any agents. Few pids, addresses and paths, so that callers, logins and each other meet often.</summary>
internal static class RouteGenerator
{
    private static readonly Gen<int> Pid = Gen.Int[100, 105];

    private static readonly Gen<string?> Connection =
        Gen.Select(Gen.Int[0, 2], Gen.Int[1, 2], (client, port) => client == 0 ? null : $"192.0.2.{client} {port} 10.0.0.1 22");

    private static readonly Gen<DateTimeOffset?> Typed =
        Gen.Int[0, 4].Select(minutes => minutes == 0 ? (DateTimeOffset?)null : Scene.Noon.AddMinutes(minutes));

    private static readonly Gen<Terminal[]> Terminals =
        Gen.Select(Gen.Int[1, 3], Typed, (number, typed) => new Terminal($"pts/{number}", typed)).Array[0, 2];

    private static readonly Gen<Login?> AnyLogin =
        Gen.Select(Gen.Bool, Pid, Gen.Bool, Terminals, Connection, (known, pid, titled, terminals, connection) =>
            known ? new Login(pid, titled ? "al" : null, terminals, connection) : null);

    private static readonly Gen<Attachment[]> Attachments =
        Gen.Select(Gen.Int[99, 105], Gen.Int[1, 3], Typed, Gen.Int[0, 7], Gen.Int[0, 3], (pid, terminal, typed, marks, address) =>
            new Attachment(pid == 99 ? 0 : pid, $"pts/{terminal}")
            {
                ClientAddress = address == 0 ? null : $"192.0.2.{address}",
                LastTyped = typed,
                IsTypist = (marks & 1) != 0,
                ShowsCallersWindow = (marks & 2) != 0,
                IsReadOnly = (marks & 4) != 0,
            }).Array[0, 3];

    private static readonly Gen<EnvironmentHint> Hint =
        Gen.Select(Gen.Int[0, 9], Connection, (path, connection) => new EnvironmentHint(300, path == 9 ? null : $"agent-{path}", connection));

    private static readonly Gen<Caller> AnyCaller =
        Gen.Select(Pid.Array[0, 3], Connection, Attachments, Pid.Array[0, 2], Hint.Array[0, 2], (ancestors, connection, attachments, last, hints) =>
            new Caller(300, [.. ancestors.Distinct()], ConnectionVariable.ClientAddressOf(connection))
            {
                Attachments = attachments,
                LastAttached = last,
                Environments = hints,
            });

    public static Gen<AgentFacts> AnyAgent { get; } =
        Gen.Select(Gen.Enum<AgentSource>(), AnyLogin, Gen.Bool, (source, login, isAlways) =>
            new AgentFacts(Make(source, 100, isAlways && source == AgentSource.Local), source == AgentSource.Local ? null : login));

    public static Gen<RouteFacts> AnyFacts { get; } =
        Gen.Select(AnyCaller, AnyAgent.Array[0, 8].Select(Numbered), Gen.Enum<FallbackMode>(), Gen.Int[0, 15], Gen.Int[0, 5], (caller, agents, fallback, pinned, rule) =>
            new RouteFacts(caller, agents)
            {
                Fallback = fallback,
                Pinned = [.. agents.Select(agent => agent.Agent).Skip(pinned).Take(1)],
                Policy = rule > 2 ? Decision.None : Decision.Using(new PolicyRule(new RuleConditions(), 1) { Use = rule == 0 ? AgentChoice.None : new AgentChoice(null, $"192.0.2.{rule}") }),
            });

    private static AgentFacts[] Numbered(AgentFacts[] agents) =>
        [.. agents.Select((agent, number) => agent with { Agent = Make(agent.Agent.Source, number, agent.Agent.IsAlways) })];

    private static Agent Make(AgentSource source, int number, bool isAlways) => new()
    {
        IsAlways = isAlways,
        Path = $"agent-{number}",
        Source = source,
        Identity = new FileIdentity(1, (ulong)number),
        Created = Scene.Noon.AddSeconds(number / 2),
    };
}
