using Fairlead.Core.Callers;
using Fairlead.Core.Control;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Protocol;

namespace Fairlead.Handlers;

/// <summary>
/// Lets <c>fairlead wait</c> wait until an agent answers it: one that the process's own requests would be sent to, and that has keys. One without keys
/// is no answer yet, unless the person is certainly there: then no other will come.
/// </summary>
internal sealed class WaitHandler(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, WaitQueue queue) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Wait;

    /// <summary>The client's hanging up ends the wait.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        TimeSpan? limit = LimitOf(request);
        var caller = new CallerIdentity(request.Pid ?? client.Peer.Pid, BootClock.Ticks, WantsReasons: true); // of a single agent, too, it matters whether it is certain
        using Waiter waiter = queue.Begin(caller, limit);
        using var over = new CancellationTokenSource();
        client.HungUp = over.Cancel;
        using LoopTimer? timer = limit is TimeSpan time ? loop.Schedule(time, over.Cancel) : null;
        do
        {
            // Anew each time: no connection to an agent stays open meanwhile.
            using var asking = new RequestHandler(caller, planner, opener, options);
            if (await IsAnsweredAsync(asking, new RequestLifetime(over.Token)))
            {
                return Reply(new WaitReport { Answered = true });
            }

            if (asking.DeniedBy is RoutingRule rule)
            {
                return Reply(new WaitReport { Answered = false, Denied = RouteSentences.Describe(rule) });
            }
        }
        while (await waiter.NextAsync(over.Token));

        return Reply(new WaitReport { Answered = false });
    }

    /// <summary>Null for no end.</summary>
    private static TimeSpan? LimitOf(ControlRequest request) => request.Milliseconds is long time
        ? TimeSpan.FromMilliseconds(Math.Clamp(time, 0, (long)DurationText.Longest.TotalMilliseconds))
        : null;

    private static ControlReply Reply(WaitReport report) => new() { Wait = report };

    private static async ValueTask<bool> IsAnsweredAsync(RequestHandler asking, RequestLifetime lifetime)
    {
        using Frame request = Frame.Of(AgentFrame.ListRequest);
        using Frame answer = await asking.AnswerAsync(request, lifetime);
        return asking.AnsweredBy is RouteStep step
            && IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer keys)
            && (keys.Count > 0 || step.IsCertain);
    }
}
