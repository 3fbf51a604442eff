using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Handlers;

/// <summary>Asks for the keys as a process itself would, so that what is reported is what happens.</summary>
internal sealed class DryRun(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, RelayOptions options)
{
    /// <summary>A person waits for the report: longer than for a silent agent, but not as long as for one that is busy.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Asks again where the first contact with an agent has shown that it leads back to us: what stands behind it takes its place only from then on.
    /// </summary>
    public async ValueTask<DryRunResult> AskAsync(CallerIdentity identity)
    {
        await planner.Activity.SettleAsync();
        DryRunResult first = await AskOnceAsync(identity);
        return first.Plan.Route.Steps.Any(step => step.Agent.IsLoop) ? await AskOnceAsync(identity) : first;
    }

    private async ValueTask<DryRunResult> AskOnceAsync(CallerIdentity identity)
    {
        using var handler = new RequestHandler(identity, planner, opener, options);
        using var over = new CancellationTokenSource();
        using LoopTimer timer = loop.Schedule(Limit, over.Cancel);
        using Frame request = Frame.Of(AgentFrame.ListRequest);
        using Frame answer = await handler.AnswerAsync(request, new RequestLifetime(over.Token));
        return new DryRunResult(handler.Plan, handler.AnsweredBy, handler.AnsweredBy is null ? null : KeyReports.Read(answer.Message)?.Count, handler.Listed.All);
    }
}

/// <summary>How a process's own request would be answered.</summary>
/// <param name="Plan">The facts that were gathered for it, and the route that was gone down.</param>
/// <param name="Step">Who answered; null when nobody did.</param>
/// <param name="Keys">How many keys the process sees; null for no list.</param>
/// <param name="AllKeys">How many keys it would see without rules.</param>
internal sealed record DryRunResult(RoutePlan Plan, RouteStep? Step, int? Keys, int AllKeys);
