using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Handlers;

/// <summary>Takes a pin back. Without a pin in the reply there was none.</summary>
internal sealed class UnpinHandler(AgentRegistry registry, RoutePlanner planner) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Unpin;

    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        IReadOnlyList<AgentFacts> known = await planner.UsableAsync();
        Agent? pinned = planner.Options.PinnedOf(registry.Agents);
        planner.Options.Pin = null;
        return new ControlReply { Pin = known.FirstOrDefault(agent => agent.Agent == pinned) is { } was ? PinHandler.Describe(was) : null };
    }
}
