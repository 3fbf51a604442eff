using Fairlead.Core.Agents;
using Fairlead.Core.Linux;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>Makes connections to agents for conversations.</summary>
internal sealed class UpstreamOpener(EventLoop loop, AgentConnector connector, LoopTracer tracer, RelayOptions options)
{
    public EventLoop Loop => loop;

    public LoopTracer Tracer => tracer;

    public Patience Patience => options.Patience;

    /// <summary>One that is not connected yet, so that the connecting can be called off, too.</summary>
    public Upstream Prepare(RouteStep step, Introduction introduction) => new(step, introduction, loop, connector, tracer, options.Patience);
}
