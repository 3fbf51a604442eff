using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Finds the agent that signs for a conversation.</summary>
internal sealed class Signing(CurrentUpstream current, KeyMerger merger, RoutePlanner planner, BindLog binds)
{
    /// <summary>
    /// Asks the agent that listed the key. Another agent that has the key is asked only if the first closed the connection, or has no such
    /// key: while it is silent a person may be looking at its question, and when it refuses, a person has said no. Later requests do not go
    /// to the other agent.
    /// </summary>
    public async ValueTask<Frame> SignAsync(Frame request, RequestLifetime lifetime)
    {
        if (LenderOf(request) is Upstream lent)
        {
            return await lent.ExchangeAsync(request.Bytes, RequestKind.Sign, lifetime) ?? Frame.Of(AgentFrame.Failure);
        }

        Agent? asked = null;
        if (current.Upstream?.IsReusable ?? await current.ConnectAsync(orNext: true, lifetime))
        {
            Upstream upstream = current.Upstream!;
            Frame? answer = await upstream.ExchangeAsync(request.Bytes, RequestKind.Sign, lifetime);
            if (answer is not null && await IsFinalAsync(answer, request, lifetime))
            {
                return answer;
            }

            answer?.Dispose();
            if (upstream.IsWithPerson || await current.StaysWithHungUpAsync(upstream.Step, lifetime))
            {
                return Frame.Of(AgentFrame.Failure);
            }

            asked = upstream.Agent;
        }

        Upstream? own = current.Upstream is { IsReusable: true } listed ? listed : null;
        current.Upstream = own is null ? current.Upstream : null;
        try
        {
            return await SignElsewhereAsync(request, asked, lifetime);
        }
        finally
        {
            current.Drop();
            current.Upstream = own;
        }
    }

    /// <summary>A refusal by an agent that has the key is final, and so is any refusal by the agent that leads for another host.</summary>
    private async ValueTask<bool> IsFinalAsync(Frame answer, Frame request, RequestLifetime lifetime) =>
        answer.Type != AgentMessageType.SSH_AGENT_FAILURE
        || binds.IsForwarded
        || (await planner.PlanAsync(current.Caller)).Route.Steps.Count < 2
        || (await HoldsKeyAsync(request, lifetime) ?? current.Upstream!.Agent.Health.IsSilent); // one that hangs up has ended, and asks nobody

    private Upstream? LenderOf(Frame request) =>
        SignRequest.TryRead(request.Message, out SignRequest sign) ? merger.LenderOf(sign.KeyBlob) : null;

    private async ValueTask<Frame> SignElsewhereAsync(Frame request, Agent? asked, RequestLifetime lifetime)
    {
        foreach (RouteStep step in (await planner.PlanAsync(current.Caller)).Route.Steps)
        {
            if (step.Agent != asked && await current.TurnToAsync(step, lifetime) && await HoldsKeyAsync(request, lifetime) is true)
            {
                Upstream upstream = current.Upstream!;
                Frame? answer = await upstream.ExchangeAsync(request.Bytes, RequestKind.Sign, lifetime);
                if (answer is not null || upstream.IsWithPerson)
                {
                    return answer ?? Frame.Of(AgentFrame.Failure);
                }
            }

            if (await current.StaysWithHungUpAsync(step, lifetime))
            {
                break;
            }
        }

        return Frame.Of(AgentFrame.Failure);
    }

    /// <summary>Null if the agent does not say which keys it holds.</summary>
    private async ValueTask<bool?> HoldsKeyAsync(Frame signRequest, RequestLifetime lifetime)
    {
        using Frame? list = await current.Upstream!.ExchangeAsync(AgentFrame.ListRequest, RequestKind.List, lifetime);
        return list is not null && IdentitiesAnswer.TryRead(list.Message, out IdentitiesAnswer keys)
            ? SignRequest.TryRead(signRequest.Message, out SignRequest sign) && keys.Contains(sign.KeyBlob)
            : null;
    }
}
