using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Protocol;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>Says what the daemon knows, and what it would do for a process, by doing it.</summary>
internal sealed class StatusHandler(
    EventLoop loop,
    AgentRegistry registry,
    RoutePlanner planner,
    UpstreamOpener opener,
    DryRun dryRun,
    AgentServer server,
    WaitQueue queue,
    StalePathKeeper stalePaths,
    DateTimeOffset started)
{
    /// <summary>Where clients reach us.</summary>
    public required string Socket { get; init; }

    /// <param name="isQuiet">No agent is asked anything: who answers the process is not told.</param>
    public async ValueTask<StatusReport> StatusAsync(int pid, bool isQuiet)
    {
        var identity = new CallerIdentity(pid, BootClock.Ticks, WantsReasons: true);
        (RouteStep Step, int? Keys)? answer = isQuiet ? null : await dryRun.AskAsync(identity);
        RouteFacts facts = isQuiet ? await planner.SurveyAsync() : await planner.GatherAsync(identity);
        await stalePaths.SettleAsync(StalePathKeeper.ReportTimeout);
        AgentFacts[] withAgent = [.. facts.Agents.Where(agent => agent.Login is not null).DistinctBy(agent => agent.Login!.Pid)];
        IEnumerable<Login> others = (await planner.FindLoginsAsync()).Where(login => withAgent.All(agent => agent.Login!.Pid != login.Pid));
        return new StatusReport
        {
            Socket = Socket,
            DaemonPid = CurrentProcess.Pid,
            DaemonVersion = ProgramVersion.Text,
            Started = started,
            Conversations = server.Conversations,
            Here = answer is var (step, keys) ? RouteReports.Answer(facts, "this shell", step, keys, loop.Time.GetUtcNow()) : null,
            Denied = isQuiet ? null : RouteReports.Denial(facts),
            Agents = [.. facts.Agents.Where(known => !known.Agent.IsLoop).Select(Describe)],
            Logins = [.. withAgent.Select(agent => Describe(agent.Login!, NameOf(agent))), .. others.Select(login => Describe(login, agent: null))],
            Refused = [.. RefusedReports.Of(registry.Refused, stalePaths.Sockets.Refused)],
            Healed = [.. stalePaths.Sockets.All.Select(Describe)],
            Waiting = [.. queue.All.Select(Describe)],
        };
    }

    public async ValueTask<ListReport> ListAsync()
    {
        IReadOnlyList<AgentFacts> known = [.. (await planner.SurveyAsync()).Agents.Where(agent => agent.Agent.IsUsable)];

        // All at once: a silent agent costs its patience, and the person should not pay for each of them.
        AgentKeysReport[] agents = await Task.WhenAll(known.Select(ListKeysAsync));
        return new ListReport { Agents = agents };
    }

    private async Task<AgentKeysReport> ListKeysAsync(AgentFacts known)
    {
        IReadOnlyList<KeyReport>? keys = await ListAsync(known);
        return new AgentKeysReport { Agent = NameOf(known), Answered = keys is not null, Keys = keys ?? [] };
    }

    private async ValueTask<IReadOnlyList<KeyReport>?> ListAsync(AgentFacts known)
    {
        using Upstream upstream = opener.Prepare(new RouteStep(known.Agent, known.Login, RouteReason.MostRecentlyTyped), new UpstreamPreamble());
        using var over = new CancellationTokenSource();
        using LoopTimer timer = loop.Schedule(DryRun.Limit, over.Cancel);
        var lifetime = new RequestLifetime(over.Token);
        using Frame? answer = await upstream.OpenAsync(lifetime) ? await upstream.ExchangeAsync(AgentFrame.ListRequest, RequestKind.List, lifetime) : null;
        return answer is null ? null : KeyReports.Read(answer.Message);
    }

    private static AgentReport Describe(AgentFacts known) => new()
    {
        Name = NameOf(known),
        Socket = known.Agent.Path,
        Source = known.Agent.Source switch
        {
            AgentSource.Forwarded => "forwarded",
            AgentSource.Registered => "registered",
            _ => "local",
        },
        State = AgentState.Of(known.Agent),
        LoginPid = known.Login?.Pid,
        Owner = known.Login is Login login ? Describe(login) : null,
    };

    private static HealedReport Describe(StalePathSocket socket) => new()
    {
        Socket = socket.File.Path.Path,
        Since = socket.Since,
        NamedBy = socket.Witness?.Pid,
    };

    private static WaitingReport Describe(Waiter waiter) => new()
    {
        Pid = waiter.Pid,
        Command = waiter.Command,
        Since = waiter.Since,
        Until = waiter.Until,
    };

    private static LoginReport Describe(Login login, string? agent) => new()
    {
        Pid = login.Pid,
        User = login.User ?? "",
        From = login.ClientAddress,
        Terminals = [.. login.Terminals.Select(terminal => new TerminalReport { Device = terminal.Device, LastTyped = terminal.LastTyped })],
        Agent = agent,
    };

    private static string Describe(Login login) => login.Terminals.Count > 0
        ? $"login {login.Pid} on {string.Join(", ", login.Terminals.Select(terminal => terminal.Device))}"
        : $"login {login.Pid} without a terminal";

    private static string NameOf(AgentFacts known) => AgentName.Of(known.Agent, known.Login);
}
