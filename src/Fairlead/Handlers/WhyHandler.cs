using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.StalePaths;

namespace Fairlead.Handlers;

/// <summary>Says how a process's route came about, having asked its agents as the process would.</summary>
internal sealed class WhyHandler(EventLoop loop, AgentRegistry registry, RoutePlanner planner, DryRun dryRun, StalePathKeeper stalePaths)
{
    /// <param name="asker">The command that asks, run by a person in a shell; 0 in another pid namespace.</param>
    /// <param name="named">The process that they mean, when it is not that shell.</param>
    public async ValueTask<ControlReply> WhyAsync(int asker, int? named)
    {
        if (named is not null && Objection(asker, named.Value) is { } objection)
        {
            return new ControlReply { Error = objection };
        }

        var identity = new CallerIdentity(named ?? asker, BootClock.Ticks, WantsReasons: true);
        (RouteStep, int?)? answer = await dryRun.AskAsync(identity);
        RouteFacts facts = await planner.GatherAsync(identity);
        await stalePaths.SettleAsync(StalePathKeeper.ReportTimeout);
        WhyReport report = RouteReports.Why(facts, await planner.RouteAsync(facts), CallerName.Of(facts.Caller, isAsker: named is null), answer, loop.Time.GetUtcNow());
        return new ControlReply { Why = report with { OldPath = OldPathOf(facts.Caller), Refused = [.. Missed(facts, report)] } };
    }

    /// <summary>What the nearest environment names: those further up were replaced by it.</summary>
    private string? OldPathOf(Caller caller) =>
        caller.Environments.FirstOrDefault(hint => hint.AgentPath is not null) is { } hint && stalePaths.Sockets.Contains(hint.AgentPath) ? hint.AgentPath : null;

    private static string? Objection(int asker, int named)
    {
        if (ProcessFolder.IsInAnotherNamespace(asker))
        {
            return "you are in another container than fairlead: process ids mean other processes there";
        }

        if (FileStatus.TryRead($"/proc/{named}", out FileStatus process) < 0)
        {
            return $"there is no process {named}, or it is hidden here";
        }

        return process.Uid == CurrentProcess.Uid || process.Uid == 0
            ? null
            : $"process {named} is another user's: fairlead answers nobody but you and root";
    }

    /// <summary>A socket that was refused matters when this caller's environment names it, or when there is no other.</summary>
    private IEnumerable<RefusedReport> Missed(RouteFacts facts, WhyReport report) =>
        from refused in RefusedReports.Of(registry.Refused, stalePaths.Sockets.Refused)
        where report.Route.Count == 0 || facts.Caller.Environments.Any(hint => hint.AgentPath == refused.Socket)
        select refused;
}
