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
/// Lets <c>fairlead wait</c> wait until an agent answers it: one that the process's own requests would be sent to, and that has keys.
/// </summary>
internal sealed class WaitHandler(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, WaitQueue queue) : IControlHandler
{
    /// <summary>Nothing tells us that keys were added on a laptop. Asked so often, and only while somebody waits for them.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public ControlVerb Verb => ControlVerb.Wait;

    /// <summary>The client's hanging up ends the wait.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        TimeSpan? limit = LimitOf(request);
        var caller = new CallerIdentity(request.Pid ?? client.Peer.Pid, BootClock.Ticks, WantsReasons: true); // also for a single agent it matters whether it is certain
        using Waiter waiter = queue.Begin(caller, limit);
        using var over = new CancellationTokenSource();
        client.HungUp = over.Cancel;
        using LoopTimer? timer = limit is TimeSpan time ? loop.Schedule(time, over.Cancel) : null;
        string? empty;
        do
        {
            // A new one each time: no connection to an agent stays open meanwhile.
            using var asking = new RequestHandler(caller, planner, opener, options);
            int? keys = await CountKeysAsync(asking, new RequestLifetime(over.Token));
            if (keys > 0)
            {
                return Reply(new WaitReport { Answered = true });
            }

            if (asking.DeniedBy is PolicyRule rule)
            {
                return Reply(new WaitReport { Answered = false, Denied = RouteSentences.Describe(rule) });
            }

            if (keys == 0 && asking.Listed is { All: > 0 } && asking.HiddenBy is PolicyRule hiding)
            {
                return Reply(new WaitReport { Answered = false, Denied = PolicySentences.Hidden(hiding) });
            }

            empty = keys == 0 && asking.AnsweredBy is RouteStep step ? AgentName.Of(step.Agent, step.Login) : null;
        }
        while (!(empty is not null && request.TellsEmpty == true) && await waiter.NextAsync(over.Token, again: empty is null ? null : Round));

        return Reply(new WaitReport { Answered = false, Empty = empty });
    }

    /// <summary>Null for no end.</summary>
    private static TimeSpan? LimitOf(ControlRequest request) => request.Milliseconds is long time
        ? TimeSpan.FromMilliseconds(Math.Clamp(time, 0, (long)DurationText.Longest.TotalMilliseconds))
        : null;

    private static ControlReply Reply(WaitReport report) => new() { Wait = report };

    /// <returns>Null when no agent answers.</returns>
    private static async ValueTask<int?> CountKeysAsync(RequestHandler asking, RequestLifetime lifetime)
    {
        using Frame request = Frame.Of(AgentFrame.ListRequest);
        using Frame answer = await asking.AnswerAsync(request, lifetime);
        return asking.AnsweredBy is not null && IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer keys) ? keys.Count : null;
    }
}
