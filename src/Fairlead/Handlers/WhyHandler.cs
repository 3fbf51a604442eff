using Fairlead.Core.Agents;
using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>Says how a process's route came about, having asked its agents as the process would.</summary>
internal sealed class WhyHandler(EventLoop loop, AgentRegistry registry, DryRun dryRun, StalePathKeeper stalePaths, AskingDesk desk) : IControlHandler
{
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(15);

    public ControlVerb Verb => ControlVerb.Why;

    public bool OnlyReports => true;

    /// <summary>The peer is the command that asks, run by a person in a shell. Where the request names no other process they mean that shell.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        int asker = client.Peer.Pid; // 0 in another pid namespace
        if (request.Pid is int named && Objection(asker, named) is { } objection)
        {
            return new ControlReply { Error = objection };
        }

        DryRunResult result = await dryRun.AskAsync(new CallerIdentity(request.Pid ?? asker, BootClock.Ticks, WantsReasons: true));
        Caller caller = result.Plan.Facts.Caller;
        await stalePaths.SettleAsync(StalePathKeeper.ReportTimeout);
        WhyReport report = RouteReports.Why(result, CallerName.Of(caller, isAsker: request.Pid is null), loop.Time.GetUtcNow());
        return new ControlReply { Why = report with { OldPath = OldPathOf(caller), Refused = [.. Missed(caller, report)], Unanswered = [.. Unanswered()] } };
    }

    /// <summary>What the nearest environment names: those further up were replaced by it.</summary>
    private string? OldPathOf(Caller caller) =>
        caller.Environments.FirstOrDefault(hint => hint.AgentPath is not null) is { } hint && stalePaths.Sockets.Contains(hint.AgentPath) ? hint.AgentPath : null;

    /// <summary>Of the last minutes: a person who asks why means these.</summary>
    private IEnumerable<RefusedQuestionReport> Unanswered() =>
        desk.Refused.Reverse().Where(question => loop.Time.GetUtcNow() - question.Since < Recently).Select(QuestionReports.OfRefused);

    private static string? Objection(int asker, int named)
    {
        if (ProcessFolder.IsInAnotherNamespace(asker))
        {
            return "you are in a different container from fairlead's: process ids mean other processes there";
        }

        if (FileStatus.TryRead($"/proc/{named}", out FileStatus process) < 0)
        {
            return $"there is no process {named}, or it is hidden here";
        }

        return process.Uid == CurrentProcess.Uid || process.Uid == 0
            ? null
            : $"process {named} is another user's: fairlead answers only you and root";
    }

    /// <summary>A socket that was refused matters when this caller's environment names it, or when there is no other.</summary>
    private IEnumerable<RefusedReport> Missed(Caller caller, WhyReport report) =>
        from refused in RefusedReports.Of(registry.Refused, stalePaths.Sockets.Refused)
        where report.Route.Count == 0 || caller.Environments.Any(hint => hint.AgentPath == refused.Socket)
        select refused;
}
