using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

/// <summary>Short words for the facts that routes are chosen from.</summary>
internal static class Scene
{
    public const string HomeAddress = "203.0.113.7";
    public const string WorkAddress = "198.51.100.4";

    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static AgentFacts Forwarded(
        string name, int session, DateTimeOffset? typed, string? connection = null, DateTimeOffset created = default, bool dead = false) =>
        new(
            new Agent { Path = name, Source = AgentSource.Forwarded, Identity = new FileIdentity(1, (ulong)session), Created = created, IsDead = dead },
            new Login(session, "al", typed is null ? [] : [new Terminal($"pts/{session / 100}", typed)], connection));

    public static AgentFacts Local(string name, bool dead = false) =>
        new(new Agent { Path = name, Name = name, Source = AgentSource.Local, Identity = default, Created = default, IsDead = dead }, null);

    /// <summary>An agent of a server that is one process for all logins, of which no login says that it is its own.</summary>
    public static AgentFacts Tied(string name) =>
        new(new Agent { Path = name, Source = AgentSource.Registered, Identity = new FileIdentity(2, 1), Created = default, Owner = new AgentOwner(IsServer: true, []) }, null);

    /// <summary>A shell below these, itself first.</summary>
    public static Caller Below(params int[] ancestors) => new(ancestors[0], ancestors, null);

    /// <summary>A process in a pane of tmux.</summary>
    public static Caller Pane(params Attachment[] attachments) => new(900, [900, 800], null)
    {
        Multiplexer = new MultiplexerServer(new ProcessIdentity(700, 1), Tmux.Instance, 800),
        Attachments = attachments,
    };

    /// <summary>A process below an editor's server, which programs without a terminal are connected to.</summary>
    public static Caller BelowServer(params Attachment[] attachments) => Pane(attachments) with
    {
        Multiplexer = new MultiplexerServer(new ProcessIdentity(700, 1), ConnectedServer.Instance, 800),
    };

    public static Caller WithEnvironment(this Caller caller, string? agentPath = null, string? connection = null) => caller with
    {
        ClientAddress = ConnectionVariable.ClientAddressOf(connection),
        Environments = [.. caller.Environments, new EnvironmentHint(caller.Pid, agentPath, connection)],
    };

    public static Attachment On(int session, DateTimeOffset? typed = null) => new(session, $"pts/{session / 100}") { LastTyped = typed };

    /// <summary>A program of a login that is connected to the caller's server, since then.</summary>
    public static Attachment ConnectedFrom(int session, DateTimeOffset since) => new(session, "") { LastTyped = since, ShowsCallersWindow = true };

    /// <summary>A terminal of a login that has no agent: its session process is nobody's.</summary>
    public static Attachment Agentless(string? address) => new(0, "pts/9") { ClientAddress = address };

    public static Attachment InView(this Attachment attachment) => attachment with { ShowsCallersWindow = true };

    public static string[] Names(this Route route) => [.. route.Steps.Select(step => step.Agent.Path)];

    public static (string Agent, RouteReason Reason)[] Words(this Route route) => [.. route.Steps.Select(step => (step.Agent.Path, step.Reason))];
}
