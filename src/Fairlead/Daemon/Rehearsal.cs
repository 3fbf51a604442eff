using Fairlead.Core.Callers;
using Fairlead.Core.Linux;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;

namespace Fairlead.Daemon;

/// <summary>Asks for the keys as a process itself would, so that what is reported is what happens.</summary>
internal sealed class Rehearsal(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, LoopTracer tracer, RelayOptions options)
{
    /// <summary>A person waits for the report.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    /// <summary>Who answered, and with how many keys; null when nobody did.</summary>
    public async ValueTask<(RouteStep Step, int? Keys)?> AskAsync(CallerIdentity identity)
    {
        using var responder = new Responder(identity, planner, opener, tracer, options);
        using LoopTimer timer = loop.Schedule(Patience, responder.Abandon);
        using Frame request = Frame.Of(Responder.ListRequest);
        using Frame answer = await responder.AnswerAsync(request);
        return responder.AnsweredBy is RouteStep step ? (step, KeyReports.Read(answer.Message)?.Count) : null;
    }
}
