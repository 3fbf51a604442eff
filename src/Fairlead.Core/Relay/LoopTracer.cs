using Fairlead.Core.Agents;
using Fairlead.Core.Linux;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Finds agents whose far end is our own socket: <c>ssh -A localhost</c> from a pane makes one, and asking it would go round until no descriptor is left.
/// Asks each agent once, on a connection of its own, before its first use; agents that are no fairlead answer with a failure.
/// </summary>
internal sealed class LoopTracer(EventLoop loop, AgentDirectory directory, AgentConnector connector, string instanceId)
{
    /// <summary>An agent that does not answer in this time is used untraced: it is not us, for we would have.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public string InstanceId => instanceId;

    /// <returns>False when the agent could not be reached: nothing is known.</returns>
    public async Task<bool> TraceAsync(Agent agent)
    {
        (_, UnixStream? stream) = await connector.ConnectAsync(agent);
        if (stream is null)
        {
            return false;
        }

        using var frames = new FrameStream(stream);
        using LoopTimer timer = loop.Schedule(Patience, stream.Cancel);
        if (await frames.SendAsync(TraceExtension.WriteRequest([instanceId])) < 0)
        {
            return true;
        }

        using Frame? answer = (await frames.ReadAsync()).Frame;
        if (answer is not null && TraceExtension.TryReadAnswer(answer.Message, out _, out bool leadsBack) && leadsBack)
        {
            directory.Refuse(agent, Refusal.LeadsBackToUs);
        }

        return true;
    }

    /// <summary>The answer to such a question from another fairlead, or from ourselves.</summary>
    public Frame Answer(Frame request) =>
        TraceExtension.TryReadRequest(request.Message, out string[] visited)
            ? Frame.Of(TraceExtension.WriteAnswer(instanceId, visited.Contains(instanceId)))
            : Frame.Of(AgentFrame.Failure);
}
