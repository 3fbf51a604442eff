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

    /// <summary>Who answered, and with how many keys; null when nobody did.</summary>
    public async ValueTask<(RouteStep Step, int? Keys)?> AskAsync(CallerIdentity identity)
    {
        using var handler = new RequestHandler(identity, planner, opener, options);
        using var over = new CancellationTokenSource();
        using LoopTimer timer = loop.Schedule(Limit, over.Cancel);
        using Frame request = Frame.Of(AgentFrame.ListRequest);
        using Frame answer = await handler.AnswerAsync(request, new RequestLifetime(over.Token));
        return handler.AnsweredBy is RouteStep step ? (step, KeyReports.Read(answer.Message)?.Count) : null;
    }
}
