using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;
using Fairlead.Core.Planning;
using Fairlead.Core.Probing;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>Says what the daemon knows, and what it would do for a process, by doing it.</summary>
internal sealed class StatusHandler(
    EventLoop loop, AgentRegistry registry, RoutePlanner planner, DryRun dryRun, AgentServer server, WaitQueue queue, StalePathKeeper stalePaths,
    AskingDesk desk) : IControlHandler
{
    private readonly DateTimeOffset started = loop.Time.GetUtcNow();

    public ControlVerb Verb => ControlVerb.Status;

    public bool OnlyReports => true;

    /// <summary>What keeps the daemon from doing all it should.</summary>
    public required Func<IEnumerable<TroubleReport>> Troubles { get; init; }

    /// <summary>Where clients reach us.</summary>
    public required string Socket { get; init; }

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client) =>
        new ControlReply { Status = await ReportAsync(request.Pid ?? client.Peer.Pid, request.Quiet == true, request.WithCodes == true) };

    /// <param name="isQuiet">No agent is asked anything: who answers the process is not told.</param>
    /// <param name="withCodes">As <see cref="ControlRequest.WithCodes"/>.</param>
    private async ValueTask<StatusReport> ReportAsync(int pid, bool isQuiet, bool withCodes)
    {
        DryRunResult? result = isQuiet ? null : await dryRun.AskAsync(new CallerIdentity(pid, BootClock.Ticks, WantsReasons: true));
        RouteFacts facts = result?.Plan.Facts ?? await planner.SurveyAsync();
        await stalePaths.SettleAsync(StalePathKeeper.ReportTimeout);
        var laptops = new Laptops(facts.Agents);
        AgentFacts[] withAgent = [.. facts.Agents.Where(agent => agent.Login is not null).DistinctBy(agent => agent.Login!.Pid)];
        IEnumerable<Login> others = (await planner.Activity.FindLoginsAsync()).Where(login => withAgent.All(agent => agent.Login!.Pid != login.Pid));
        return new StatusReport
        {
            Socket = Socket,
            DaemonPid = CurrentProcess.Pid,
            DaemonVersion = ProgramVersion.Text,
            Build = ProgramVersion.Build,
            Started = started,
            Conversations = server.Conversations,
            Here = result is null ? null : RouteReports.Answer(result, "this shell", loop.Time.GetUtcNow()),
            Denied = isQuiet ? null : RouteReports.Denial(facts),
            Pinned = planner.Options.Pin is Pin pin ? PinReports.Of(pin, [.. facts.Agents.Where(agent => agent.Agent.IsUsable)]) : null,
            Agents = [.. facts.Agents.Where(known => !known.Agent.IsLoop).DistinctBy(known => known.Agent).Select(known => Describe(known, laptops))],
            Logins = [
                .. withAgent.Select(agent => Describe(agent.Login!, NameOf(agent), laptops.NameOf(agent.Agent))),
                .. others.Select(login => Describe(login, agent: null, laptops.NameAt(login.ClientAddress))),
            ],
            Refused = [.. RefusedReports.Of(registry.Refused, stalePaths.Sockets.Refused, withCodes)],
            Healed = [.. stalePaths.Sockets.All.Select(Describe)],
            Troubles = [.. Troubles()],
            Direct = [.. (await planner.FindDirectClientsAsync()).Select(Describe)],
            Questions = [.. desk.Waiting.Select(QuestionReports.Of)],
            Allowed = [.. desk.Grants.Select(QuestionReports.Of)],
            Waiting = [.. queue.All.Select(Describe)],
        };
    }

    private static AgentReport Describe(AgentFacts known, Laptops laptops) => new()
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
        Laptop = laptops.NameOf(known.Agent),
        Keys = known.Agent.Keys?.Count,
        Comment = known.Agent.Keys?.FirstComment,
        LoginPid = known.Login?.Pid,
        Owner = known.Login is Login login ? Describe(login) : null,
    };

    private static HealedReport Describe(StalePathSocket socket) => new()
    {
        Socket = socket.File.Path.Path,
        Since = socket.Since,
        NamedBy = socket.Witness?.Pid,
        NamedByCommand = socket.Witness is { } witness && ProcessStat.TryRead(witness.Pid, out ProcessStat stat) ? stat.Command : null,
    };

    private static DirectReport Describe(DirectClient client) => new() { Pid = client.Pid, Command = client.Command, Socket = client.Socket };

    private static WaitingReport Describe(Waiter waiter) => new()
    {
        Pid = waiter.Pid,
        Command = waiter.Command,
        Since = waiter.Since,
        Until = waiter.Until,
    };

    private static LoginReport Describe(Login login, string? agent, string? laptop) => new()
    {
        Pid = login.Pid,
        User = login.User ?? "",
        From = login.ClientAddress,
        Laptop = laptop,
        Terminals = [.. login.Terminals.Select(terminal => new TerminalReport { Device = terminal.Device, LastTyped = terminal.LastTyped })],
        Agent = agent,
    };

    private static string Describe(Login login) => login.Terminals.Count > 0
        ? $"login {login.Pid} on {string.Join(", ", login.Terminals.Select(terminal => terminal.Device))}"
        : $"login {login.Pid} without a terminal";

    private static string NameOf(AgentFacts known) => AgentName.Of(known.Agent, known.Login);
}
