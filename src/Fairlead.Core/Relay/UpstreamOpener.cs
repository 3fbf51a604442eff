using Fairlead.Core.Agents;
using Fairlead.Core.Linux;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>Opens connections to agents for conversations, and before an agent's first use makes sure that it does not lead back to us.</summary>
internal sealed class UpstreamOpener(AgentConnector connector, LoopTracer tracer)
{
    /// <summary>Null when the agent is dead, late, or not to be used.</summary>
    public async ValueTask<Upstream?> OpenAsync(RouteStep step, BindLog binds)
    {
        if (!await (step.Agent.Trace ??= tracer.TraceAsync(step.Agent)))
        {
            step.Agent.Trace = null; // it was late, or we were out of descriptors: asked again before it is used
            return null;
        }

        if (!step.Agent.IsUsable)
        {
            return null;
        }

        (_, UnixStream? stream) = await connector.ConnectAsync(step.Agent);
        return stream is null ? null : new Upstream(step, new FrameStream(stream), binds);
    }
}
