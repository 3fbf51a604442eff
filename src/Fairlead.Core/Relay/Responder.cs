using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
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
/// <param name="held">Where a listing that nobody answers waits; null for a conversation whose person waits for a report.</param>
internal sealed class Responder(
    CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, HeldRequests? held = null) : IDisposable
{
    public static readonly ReadOnlyMemory<byte> ListRequest =
        new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES).ToFrame();

    private readonly Introduction introduction = new();
    private readonly KeyLender lender = new(opener);
    private Route route = Route.Empty;
    private Upstream? upstream;
    private Round? round;
    private Hold? hold;
    private bool hasAnswer;
    private bool isAbandoned;
    private bool isLoop;

    /// <summary>Where the agent stood in the route that answered last; null when none did.</summary>
    public RouteStep? AnsweredBy => upstream?.Step;

    private BindLog Binds => introduction.Binds;

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
            RequestKind.Sign => await SignAsync(request),
            _ => await ForwardAsync(request, kind),
        };
    }

    /// <summary>Nobody waits for the answer any more: the request under way ends, and no other agent is asked.</summary>
    public void Abandon()
    {
        isAbandoned = true;
        round?.Cancel();
        upstream?.Cancel();
        lender.Cancel();
        hold?.Cancel();
    }

    public void Dispose()
    {
        hold?.Dispose();
        Drop();
        lender.Dispose();
    }

    /// <summary>Another fairlead asks whether we lead back to where its conversation has been, or a question of our own has come back to us.</summary>
    private async ValueTask<Frame> TraceAsync(Frame request)
    {
        if (!TraceExtension.TryReadRequest(request.Message, out string[] visited, out string? token))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        string instanceId = opener.Tracer.InstanceId;
        if (visited.Contains(instanceId))
        {
            isLoop = true;
            opener.Tracer.NoteReturn(token, new LoopEnd(caller.Pid, caller.AcceptedAt));
            return Frame.Of(TraceExtension.WriteAnswer(instanceId, leadsBack: true));
        }

        introduction.Visited = visited;
        introduction.Token = token;
        return Frame.Of(TraceExtension.WriteAnswer(instanceId, await LeadsBackAsync()));
    }

    /// <summary>Whether all agents that would answer lead back. Each that is a fairlead itself is asked the same.</summary>
    private async ValueTask<bool> LeadsBackAsync()
    {
        bool leadsBack = false;
        foreach (RouteStep step in (await planner.PlanAsync(caller)).Steps)
        {
            if (await TurnToAsync(step) && await upstream!.HearPrefaceAsync())
            {
                return false;
            }

            leadsBack |= step.Agent.InstanceId is not null;
        }

        return leadsBack;
    }

    /// <summary>Remembered for every later connection. Without an agent it is accepted: ssh goes on either way, and one may come.</summary>
    private async ValueTask<Frame> BindAsync(Frame request)
    {
        Binds.Add(request.Bytes.Span);
        caller = caller with { IsFurtherAway = Binds.IsForwarded };
        if (Binds.HasOverflowed)
        {
            return await ForwardAsync(request, RequestKind.Bind);
        }

        if (upstream is { IsReusable: true } && await SendBindsAsync(upstream) is Frame kept)
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
        lender.TakeBack();
        Frame? list;
        do
        {
            hasAnswer = false;
            list = await RunRoundAsync(agent => agent.ExchangeAsync(request.Bytes, RequestKind.List), WorthOf);
        }
        while (list is null && await IsWorthAnotherRoundAsync());
        hold?.Dispose();
        hold = null;
        return list is null ? Frame.Of(AgentFrame.Failure) : await LendAsync(list);
    }

    /// <summary>
    /// Holds a listing that no live agent answers, until there is news. One that has refused has answered, one that is busy will, and where a rule
    /// denies nobody may.
    /// </summary>
    private async ValueTask<bool> IsWorthAnotherRoundAsync()
    {
        bool mayCome = route.DeniedBy is null && !Binds.HasOverflowed && !route.Steps.Any(step => step.Agent.Health.IsBusy);
        if (held is null || hasAnswer || !mayCome || isAbandoned)
        {
            return false;
        }

        if (hold is not null)
        {
            return await hold.NextAsync();
        }

        hold = await held.HoldAsync(caller, isBound: Binds.Count > 0);
        return hold is not null && !isAbandoned; // an agent may have come before anybody watched
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
        if (isAbandoned)
        {
            return null;
        }

        round = new Round(opener, introduction, ask, judge) { StaysWithLeader = Binds.IsForwarded };
        Upstream? connected = upstream;
        upstream = null;
        Candidate? chosen = await round.RunAsync(route, connected);
        round = null;
        upstream = chosen?.Upstream;
        return chosen?.Answer;
    }

    /// <summary>When no other agent can be told all binds, the one that has heard them stays.</summary>
    private async ValueTask<Route> RouteAsync()
    {
        if (!Binds.HasOverflowed)
        {
            return await planner.PlanAsync(caller);
        }

        return upstream is { IsReusable: true } ? new Route([upstream.Step]) : Route.Empty;
    }

    /// <summary>Completes the leader's list with the key that the caller asks for by name, or with all keys where that is wanted; see <see cref="KeyLender"/>.</summary>
    private async ValueTask<Frame> LendAsync(Frame list)
    {
        if (Binds.IsForwarded || Binds.HasOverflowed || !IdentitiesAnswer.TryRead(list.Message, out _))
        {
            return list;
        }

        RouteStep[] others = [.. route.Steps.SkipWhile(step => step.Agent != upstream?.Agent).Skip(1)];
        if (others.Length == 0)
        {
            return list;
        }

        IReadOnlyList<byte[]>? wanted = options.MergesKeys ? null : await planner.WantedKeysAsync(caller);
        return wanted is { Count: 0 } && !others.Any(KeyLender.IsAlwaysAsked) ? list : await lender.ExtendAsync(list, others, wanted, introduction);
    }

    /// <summary>
    /// Asks the agent that listed the key. Another one that has the key is asked when the first has closed the connection, or has no such key: as
    /// long as it is silent a person may be looking at its question, and when it refuses, a person has said no. What follows is not for the other one.
    /// </summary>
    private async ValueTask<Frame> SignAsync(Frame request)
    {
        if (LenderOf(request) is Upstream lent)
        {
            return await lent.ExchangeAsync(request.Bytes, RequestKind.Sign) ?? Frame.Of(AgentFrame.Failure);
        }

        Agent? asked = null;
        if (upstream is null ? await LeadAsync(orNext: true) : upstream.IsReusable)
        {
            Frame? answer = await upstream!.ExchangeAsync(request.Bytes, RequestKind.Sign);
            if (answer is not null && await IsFinalAsync(answer, request))
            {
                return answer;
            }

            answer?.Dispose();
            if (upstream.IsOwed || (Binds.IsForwarded && upstream.Agent.Health is { IsStalled: true } or { IsBusy: true }))
            {
                return Frame.Of(AgentFrame.Failure);
            }

            asked = upstream.Agent;
        }

        (Upstream? own, upstream) = upstream is { IsReusable: true } ? (upstream, (Upstream?)null) : (null, upstream);
        try
        {
            return await SignElsewhereAsync(request, asked);
        }
        finally
        {
            Drop();
            upstream = own;
        }
    }

    private Upstream? LenderOf(Frame request) =>
        SignRequest.TryRead(request.Message, out SignRequest sign) ? lender.LenderOf(sign.KeyBlob) : null;

    /// <summary>A refusal by an agent that has the key is final; so is any by the agent that leads for another host.</summary>
    private async ValueTask<bool> IsFinalAsync(Frame answer, Frame request) =>
        answer.Type != AgentMessageType.SSH_AGENT_FAILURE
        || Binds.IsForwarded
        || (await planner.PlanAsync(caller)).Steps.Count < 2
        || await HoldsKeyAsync(request);

    private async ValueTask<Frame> SignElsewhereAsync(Frame request, Agent? asked)
    {
        foreach (RouteStep step in (await planner.PlanAsync(caller)).Steps)
        {
            if (step.Agent != asked && await TurnToAsync(step) && await HoldsKeyAsync(request)
                && await upstream!.ExchangeAsync(request.Bytes, RequestKind.Sign) is Frame answer)
            {
                return answer;
            }

            if (StaysWith(step) && step.Agent != asked)
            {
                break;
            }
        }

        return Frame.Of(AgentFrame.Failure);
    }

    /// <summary>For another host nobody answers in this agent's place while it lives.</summary>
    private bool StaysWith(RouteStep step) => Binds.IsForwarded && step.Agent.IsUsable;

    private async ValueTask<bool> HoldsKeyAsync(Frame signRequest)
    {
        using Frame? list = await upstream!.ExchangeAsync(ListRequest, RequestKind.List);
        return list is not null
            && IdentitiesAnswer.TryRead(list.Message, out IdentitiesAnswer keys)
            && SignRequest.TryRead(signRequest.Message, out SignRequest sign)
            && keys.Contains(sign.KeyBlob);
    }

    /// <summary>Passes a request on as it is, once. One with side effects goes to the leader or nowhere.</summary>
    private async ValueTask<Frame> ForwardAsync(Frame request, RequestKind kind)
    {
        bool isDenied = kind == RequestKind.Change && Binds.IsForwarded && !options.AllowsForwardedChanges;
        if (isDenied || !await LeadAsync(orNext: kind != RequestKind.Change))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        Frame? answer = await upstream!.ExchangeAsync(request.Bytes, kind);
        NoteChange(request, kind, answer);
        if (answer is null || kind == RequestKind.Query)
        {
            Drop();
        }

        return answer ?? Frame.Of(AgentFrame.Failure);
    }

    private void NoteChange(Frame request, RequestKind kind, Frame? answer)
    {
        if (kind != RequestKind.Change || answer?.Type != AgentMessageType.SSH_AGENT_SUCCESS)
        {
            return;
        }

        held?.LookAgain(); // who waits for keys may have some now
        if (request.Type is AgentMessageType.SSH_AGENTC_LOCK or AgentMessageType.SSH_AGENTC_UNLOCK)
        {
            upstream!.Agent.IsLocked = request.Type == AgentMessageType.SSH_AGENTC_LOCK;
        }
    }

    /// <summary>Keeps the agent that this conversation has, or else turns to the first of the route.</summary>
    /// <param name="orNext">When the first cannot be reached, the next will do.</param>
    private async ValueTask<bool> LeadAsync(bool orNext)
    {
        if (upstream is { IsReusable: true })
        {
            return true;
        }

        IReadOnlyList<RouteStep> steps = (await planner.PlanAsync(caller)).Steps;
        for (int i = 0; i < steps.Count && (i == 0 || (orNext && !StaysWith(steps[i - 1]))); i++)
        {
            if (await TurnToAsync(steps[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes <see cref="upstream"/> a connection to this agent. False when there is none to be had, or nobody waits any more.</summary>
    private async ValueTask<bool> TurnToAsync(RouteStep step)
    {
        if (isAbandoned)
        {
            return false;
        }

        if (upstream?.Agent == step.Agent && upstream.IsReusable)
        {
            return true;
        }

        if (Binds.HasOverflowed)
        {
            return false; // no other agent can be told all binds: the one that has heard them stays
        }

        Drop();
        upstream = opener.Prepare(step, introduction);
        if (!await upstream.OpenAsync())
        {
            Drop();
        }

        return upstream is not null && !isAbandoned;
    }

    private void Drop()
    {
        upstream?.Dispose();
        upstream = null;
    }
}
