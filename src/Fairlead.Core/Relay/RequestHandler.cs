using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Answers the requests of one conversation, in order. A listing opens a round: it goes down the route until an agent answers, and what
/// follows goes to that agent.
/// </summary>
/// <remarks>
/// Requests that come from another host, through an ssh client of ours, get the leading agent only: that host's root
/// could otherwise use the keys of every laptop here.
/// </remarks>
internal sealed class RequestHandler : IDisposable
{
    public static readonly ReadOnlyMemory<byte> ListRequest =
        new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES).ToFrame();

    private readonly UpstreamPreamble preamble = new();
    private readonly RoutePlanner planner;
    private readonly UpstreamOpener opener;
    private readonly RelayOptions options;
    private readonly WaitQueue? queue;
    private readonly CurrentUpstream current;
    private readonly KeyMerger merger;
    private readonly Signing signing;
    private Route route = Route.Empty;
    private HedgedRequest? hedged;
    private Waiter? waiter;
    private Task<IReadOnlyList<byte[]>>? wanted;
    private bool hasAnswer;
    private bool isLoop;

    /// <param name="queue">Where a listing that nobody answers waits; null for a conversation whose person waits for a report.</param>
    public RequestHandler(CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, WaitQueue? queue = null)
    {
        this.planner = planner;
        this.opener = opener;
        this.options = options;
        this.queue = queue;
        current = new CurrentUpstream(caller, planner, opener, preamble);
        merger = new KeyMerger(opener);
        signing = new Signing(current, merger, planner, Binds);
    }

    /// <summary>Where the agent stood in the route that answered last; null when none did.</summary>
    public RouteStep? AnsweredBy => current.Upstream?.Step;

    /// <summary>The rule that let no agent answer the latest round; null when none did.</summary>
    public RoutingRule? DeniedBy => route.DeniedBy;

    /// <summary>What its agents are told of the conversation.</summary>
    public UpstreamPreamble Preamble => preamble;

    private BindLog Binds => preamble.Binds;

    public async ValueTask<Frame> AnswerAsync(Frame request)
    {
        RequestKind kind = Request.KindOf(request.Message);
        return kind switch
        {
            RequestKind.Malformed => Frame.Of(AgentFrame.Failure),
            RequestKind.Trace => await TraceAsync(request),
            _ when isLoop => Frame.Of(AgentFrame.Failure), // ours already, and on its way round again
            RequestKind.Bind => await BindAsync(request),
            RequestKind.List => await ListAsync(request),
            RequestKind.Sign => await signing.SignAsync(request),
            _ => await ForwardAsync(request, kind),
        };
    }

    /// <summary>Nobody waits for the answer any more: the request under way ends, and no other agent is asked.</summary>
    public void Abandon()
    {
        current.Abandon(); // first: what the others wake asks whether anybody waits
        hedged?.Cancel();
        merger.Cancel();
        waiter?.Cancel();
    }

    public void Dispose()
    {
        waiter?.Dispose();
        current.Dispose();
        merger.Dispose();
    }

    /// <summary>Another fairlead asks whether we lead back to where its conversation has been, or a question of our own has come back to us.</summary>
    private async ValueTask<Frame> TraceAsync(Frame request)
    {
        if (!TraceExtension.TryReadRequest(request.Message, out string[] visited, out string? token))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        string instanceId = opener.Detector.InstanceId;
        if (visited.Contains(instanceId))
        {
            isLoop = true;
            opener.Detector.NoteReturn(token, new LoopEnd(current.Caller.Pid, current.Caller.AcceptedAt));
            return Frame.Of(TraceExtension.WriteAnswer(instanceId, leadsBack: true));
        }

        preamble.Visited = visited;
        preamble.Token = token;
        return Frame.Of(TraceExtension.WriteAnswer(instanceId, await LeadsBackAsync()));
    }

    /// <summary>Whether all agents that would answer lead back. Each that is a fairlead itself is asked the same.</summary>
    private async ValueTask<bool> LeadsBackAsync()
    {
        bool leadsBack = false;
        foreach (RouteStep step in (await planner.PlanAsync(current.Caller)).Steps)
        {
            bool isReached = await current.TurnToAsync(step);
            if (isReached && await current.Upstream!.HearPrefaceAsync())
            {
                return false;
            }

            if (!isReached && current.StaysWith(step))
            {
                break; // this question must not be the way round it
            }

            leadsBack |= step.Agent.InstanceId is not null;
        }

        return leadsBack;
    }

    /// <summary>Remembered for every later connection. Without an agent it is accepted: ssh goes on either way, and one may come.</summary>
    private async ValueTask<Frame> BindAsync(Frame request)
    {
        Binds.Add(request.Bytes.Span);
        current.NoteBind();
        if (Binds.HasOverflowed)
        {
            return await ForwardAsync(request, RequestKind.Bind);
        }

        if (current.Upstream is { IsReusable: true } connected && await SendBindsAsync(connected) is Frame kept)
        {
            return kept;
        }

        return await RunRoundAsync(SendBindsAsync, (_, _) => AnswerWorth.Final) ?? Frame.Of(AgentFrame.Success);
    }

    /// <summary>The agent's answer to the last bind, or null when the connection has ended.</summary>
    private static async ValueTask<Frame?> SendBindsAsync(Upstream agent)
    {
        (bool lives, Frame? lastAnswer) = await agent.SendBindsAsync();
        return lives ? lastAnswer ?? Frame.Of(AgentFrame.Success) : null;
    }

    /// <summary>
    /// An agent without keys is passed over, unless the person is known to be there. When no agent has keys, the first that said so has answered.
    /// </summary>
    private async ValueTask<Frame> ListAsync(Frame request)
    {
        merger.TakeBack();
        wanted = null;
        Frame? list;
        do
        {
            hasAnswer = false;
            list = await RunRoundAsync(agent => ExchangeListAsync(agent, request), WorthOf);
        }
        while (list is null && await IsWorthAnotherRoundAsync());
        waiter?.Dispose();
        waiter = null;
        return list is null ? Frame.Of(AgentFrame.Failure) : await LendAsync(list);
    }

    /// <summary>The caller's command line is read while the agent answers: neither waits for the other.</summary>
    private ValueTask<Frame?> ExchangeListAsync(Upstream agent, Frame request)
    {
        if (!options.MergesKeys && MayLend && (!route.IsWhole || route.Steps.Count > 1))
        {
            _ = WantedKeysAsync();
        }

        return agent.ExchangeAsync(request.Bytes, RequestKind.List);
    }

    /// <summary>
    /// Holds a listing that no live agent answers, until there is news. One that has refused has answered, one that is busy will, and where a rule
    /// denies nobody may.
    /// </summary>
    private async ValueTask<bool> IsWorthAnotherRoundAsync()
    {
        bool mayCome = route.DeniedBy is null && !Binds.HasOverflowed && !route.Steps.Any(step => step.Agent.Health.IsBusy);
        if (queue is null || hasAnswer || !mayCome || current.IsAbandoned)
        {
            return false;
        }

        if (waiter is not null)
        {
            return await waiter.NextAsync();
        }

        waiter = await queue.HoldAsync(current.Caller, isBound: Binds.Count > 0);
        preamble.Watched?.NoteHold(waiter);
        return waiter is not null && !current.IsAbandoned; // an agent may have come before anybody watched
    }

    private AnswerWorth WorthOf(Upstream agent, Frame answer)
    {
        hasAnswer = true;
        bool isList = IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer keys);
        return Binds.IsForwarded || (isList && (keys.Count > 0 || agent.Step.IsCertain || agent.Agent.IsLocked)) ? AnswerWorth.Final
            : isList ? AnswerWorth.Fallback : AnswerWorth.Nothing;
    }

    /// <summary>The answer of the agent that this conversation turns to from now on; null when there is none.</summary>
    private async ValueTask<Frame?> RunRoundAsync(Func<Upstream, ValueTask<Frame?>> ask, Func<Upstream, Frame, AnswerWorth> judge)
    {
        route = await RouteAsync();
        if (current.IsAbandoned)
        {
            return null;
        }

        hedged = new HedgedRequest(opener, preamble, ask, judge, () => planner.PlanAsync(current.Caller)) { StaysWithLeader = Binds.IsForwarded };
        Upstream? connected = current.Upstream;
        current.Upstream = null;
        HedgedAttempt? chosen = await hedged.RunAsync(route, connected);
        route = hedged.Route;
        hedged = null;
        current.Upstream = chosen?.Upstream;
        return chosen?.Answer;
    }

    /// <summary>When no other agent can be told all binds, the one that has heard them stays.</summary>
    private async ValueTask<Route> RouteAsync()
    {
        if (!Binds.HasOverflowed)
        {
            return await planner.LeadAsync(current.Caller);
        }

        return current.Upstream is { IsReusable: true } upstream ? new Route([upstream.Step]) : Route.Empty;
    }

    /// <summary>Completes the leader's list with the key that the caller asks for by name, or with all keys where that is wanted; see <see cref="KeyMerger"/>.</summary>
    private async ValueTask<Frame> LendAsync(Frame list)
    {
        if (!MayLend || (route.IsWhole && !Others.Any()) || !IdentitiesAnswer.TryRead(list.Message, out _))
        {
            return list;
        }

        IReadOnlyList<byte[]>? keys = options.MergesKeys ? null : await WantedKeysAsync();
        if (keys is { Count: 0 } && !Others.Any(KeyMerger.IsAlwaysAsked))
        {
            return list;
        }

        route = route.IsWhole ? route : await planner.PlanAsync(current.Caller);
        return await merger.ExtendAsync(list, [.. Others], keys, preamble);
    }

    /// <summary>Read once for each listing.</summary>
    private Task<IReadOnlyList<byte[]>> WantedKeysAsync() => wanted ??= planner.WantedKeysAsync(current.Caller).AsTask();

    private bool MayLend => !Binds.IsForwarded && !Binds.HasOverflowed;

    /// <summary>Who stands behind the agent that answered.</summary>
    private IEnumerable<RouteStep> Others => route.Steps.SkipWhile(step => step.Agent != current.Upstream?.Agent).Skip(1);

    /// <summary>Passes a request on as it is, once. One with side effects goes to the leader or nowhere.</summary>
    private async ValueTask<Frame> ForwardAsync(Frame request, RequestKind kind)
    {
        bool isDenied = kind == RequestKind.Change && Binds.IsForwarded && !options.AllowsForwardedChanges;
        if (isDenied || !await current.LeadAsync(orNext: kind != RequestKind.Change))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        Frame? answer = await current.Upstream!.ExchangeAsync(request.Bytes, kind);
        NoteChange(request, kind, answer);
        if (answer is null || kind == RequestKind.Query)
        {
            current.Drop();
        }

        return answer ?? Frame.Of(AgentFrame.Failure);
    }

    private void NoteChange(Frame request, RequestKind kind, Frame? answer)
    {
        if (kind != RequestKind.Change || answer?.Type != AgentMessageType.SSH_AGENT_SUCCESS)
        {
            return;
        }

        queue?.LookAgain(); // who waits for keys may have some now
        if (request.Type is AgentMessageType.SSH_AGENTC_LOCK or AgentMessageType.SSH_AGENTC_UNLOCK)
        {
            current.Upstream!.Agent.IsLocked = request.Type == AgentMessageType.SSH_AGENTC_LOCK;
        }
    }
}
