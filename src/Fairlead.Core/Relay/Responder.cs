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
internal sealed class Responder(
    CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, LoopTracer tracer, RelayOptions options) : IDisposable
{
    public static readonly ReadOnlyMemory<byte> ListRequest =
        new WireWriter().WriteType(AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES).ToFrame();

    private readonly BindLog binds = new();
    private readonly KeyLender lender = new(opener);
    private Upstream? upstream;
    private bool isAbandoned;

    /// <summary>Where the agent stood in the route that answered last; null when none did.</summary>
    public RouteStep? AnsweredBy => upstream?.Step;

    public async ValueTask<Frame> AnswerAsync(Frame request)
    {
        RequestKind kind = Request.KindOf(request.Message);
        return kind switch
        {
            RequestKind.Malformed => Frame.Of(AgentFrame.Failure),
            RequestKind.Trace => tracer.Answer(request),
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
        upstream?.Cancel();
        lender.Cancel();
    }

    public void Dispose()
    {
        Drop();
        lender.Dispose();
    }

    /// <summary>Remembered for every later connection. Without an agent it is accepted: ssh goes on either way, and one may come.</summary>
    private async ValueTask<Frame> BindAsync(Frame request)
    {
        binds.Add(request.Bytes.Span);
        caller = caller with { IsFurtherAway = binds.IsForwarded };
        if (binds.HasOverflowed)
        {
            return await ForwardAsync(request, RequestKind.Bind);
        }

        if (upstream is { IsReusable: true } && await SendBindsAsync() is Frame kept)
        {
            return kept;
        }

        foreach (RouteStep step in (await planner.PlanAsync(caller)).Steps)
        {
            if (await TurnToAsync(step) && await SendBindsAsync() is Frame answer)
            {
                return answer;
            }
        }

        return Frame.Of(AgentFrame.Success);
    }

    /// <summary>The agent's answer to the last bind, or null when the connection has ended.</summary>
    private async ValueTask<Frame?> SendBindsAsync()
    {
        (bool lives, Frame? lastAnswer) = await upstream!.SendBindsAsync();
        return lives ? lastAnswer ?? Frame.Of(AgentFrame.Success) : null;
    }

    /// <summary>
    /// Asks down the route. An agent that dies on the way is passed over; so is one without keys, unless the person is known to be there. When no
    /// agent has keys, the first that said so has answered.
    /// </summary>
    private async ValueTask<Frame> ListAsync(Frame request)
    {
        (Upstream? Agent, Frame? Answer) withoutKeys = default;
        lender.TakeBack();
        IReadOnlyList<RouteStep> steps = (await planner.PlanAsync(caller)).Steps;
        for (int i = 0; i < steps.Count; i++)
        {
            if (!await TurnToAsync(steps[i]) || await upstream!.ExchangeAsync(request.Bytes) is not Frame answer)
            {
                continue;
            }

            if (IsFinal(answer, steps[i]))
            {
                withoutKeys.Agent?.Dispose();
                withoutKeys.Answer?.Dispose();
                return await LendAsync(answer, [.. steps.Skip(i + 1)]);
            }

            if (withoutKeys.Agent is null && IsList(answer))
            {
                withoutKeys = (upstream, answer);
                upstream = null;
            }
            else
            {
                answer.Dispose();
            }
        }

        Drop();
        upstream = withoutKeys.Agent;
        return withoutKeys.Answer ?? Frame.Of(AgentFrame.Failure);
    }

    /// <summary>Completes the leader's list with the key that the caller asks for by name, or with all keys where that is wanted; see <see cref="KeyLender"/>.</summary>
    private async ValueTask<Frame> LendAsync(Frame list, IReadOnlyList<RouteStep> others)
    {
        if (binds.IsForwarded || binds.HasOverflowed || others.Count == 0 || !IsList(list))
        {
            return list;
        }

        IReadOnlyList<byte[]>? wanted = options.MergesKeys ? null : await planner.WantedKeysAsync(caller);
        return wanted is { Count: 0 } && !others.Any(KeyLender.IsAlwaysAsked) ? list : await lender.ExtendAsync(list, others, wanted, binds);
    }

    /// <summary>
    /// Asks the agent that listed the key. Another one that has the key is asked when the first has closed the connection, or has no such key: as
    /// long as it is silent a person may be looking at its question, and when it refuses, a person has said no.
    /// </summary>
    private async ValueTask<Frame> SignAsync(Frame request)
    {
        if (LenderOf(request) is Upstream lent)
        {
            return await lent.ExchangeAsync(request.Bytes) ?? Frame.Of(AgentFrame.Failure);
        }

        Agent? asked = null;
        if (upstream is null ? await LeadAsync(orNext: true) : upstream.IsReusable)
        {
            Frame? answer = await upstream!.ExchangeAsync(request.Bytes);
            if (answer is not null && await IsFinalAsync(answer, request))
            {
                return answer;
            }

            answer?.Dispose();
            asked = upstream.Agent;
        }

        Drop();
        return await SignElsewhereAsync(request, asked);
    }

    private Upstream? LenderOf(Frame request) =>
        SignRequest.TryRead(request.Message, out SignRequest sign) ? lender.LenderOf(sign.KeyBlob) : null;

    /// <summary>A refusal by an agent that has the key is final; so is any by the agent that leads for another host.</summary>
    private async ValueTask<bool> IsFinalAsync(Frame answer, Frame request) =>
        answer.Type != AgentMessageType.SSH_AGENT_FAILURE
        || binds.IsForwarded
        || (await planner.PlanAsync(caller)).Steps.Count < 2
        || await HoldsKeyAsync(request);

    private async ValueTask<Frame> SignElsewhereAsync(Frame request, Agent? asked)
    {
        foreach (RouteStep step in (await planner.PlanAsync(caller)).Steps)
        {
            if (step.Agent != asked && await TurnToAsync(step) && await HoldsKeyAsync(request)
                && await upstream!.ExchangeAsync(request.Bytes) is Frame answer)
            {
                return answer;
            }
        }

        Drop();
        return Frame.Of(AgentFrame.Failure);
    }

    private async ValueTask<bool> HoldsKeyAsync(Frame signRequest)
    {
        using Frame? list = await upstream!.ExchangeAsync(ListRequest);
        return list is not null
            && IdentitiesAnswer.TryRead(list.Message, out IdentitiesAnswer keys)
            && SignRequest.TryRead(signRequest.Message, out SignRequest sign)
            && keys.Contains(sign.KeyBlob);
    }

    /// <summary>Passes a request on as it is, once. One with side effects goes to the leader or nowhere.</summary>
    private async ValueTask<Frame> ForwardAsync(Frame request, RequestKind kind)
    {
        bool isDenied = kind == RequestKind.Change && binds.IsForwarded && !options.AllowsForwardedChanges;
        if (isDenied || !await LeadAsync(orNext: kind != RequestKind.Change))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        Frame? answer = await upstream!.ExchangeAsync(request.Bytes);
        NoteLock(request, answer);
        if (answer is null || kind == RequestKind.Query)
        {
            Drop();
        }

        return answer ?? Frame.Of(AgentFrame.Failure);
    }

    private void NoteLock(Frame request, Frame? answer)
    {
        if (answer?.Type == AgentMessageType.SSH_AGENT_SUCCESS
            && request.Type is AgentMessageType.SSH_AGENTC_LOCK or AgentMessageType.SSH_AGENTC_UNLOCK)
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
        for (int i = 0; i < steps.Count && (i == 0 || orNext); i++)
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

        if (binds.HasOverflowed)
        {
            return false; // no other agent can be told all binds: the one that has heard them stays
        }

        Drop();
        upstream = await opener.OpenAsync(step, binds);
        return upstream is not null && !isAbandoned;
    }

    private void Drop()
    {
        upstream?.Dispose();
        upstream = null;
    }

    private static bool IsList(Frame answer) => IdentitiesAnswer.TryRead(answer.Message, out _);

    private bool IsFinal(Frame answer, RouteStep step) =>
        binds.IsForwarded
        || (IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer keys)
            && (keys.Count > 0 || step.IsCertain || step.Agent.IsLocked));
}
