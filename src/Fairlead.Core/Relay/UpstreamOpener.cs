using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Probing;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>Makes connections to agents for conversations.</summary>
internal sealed class UpstreamOpener(EventLoop loop, AgentConnector connector, LoopDetector detector, ReachReader reader, RelayOptions options)
{
    public EventLoop Loop => loop;

    public LoopDetector Detector => detector;

    public AgentTimeouts AgentTimeouts => options.AgentTimeouts;

    /// <summary>An unconnected one, so that the connecting can also be cancelled.</summary>
    public Upstream Prepare(RouteStep step, UpstreamPreamble preamble) => new(step, preamble, loop, connector, detector, reader, options.AgentTimeouts);
}
