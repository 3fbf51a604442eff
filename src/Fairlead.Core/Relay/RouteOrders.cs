using Fairlead.Core.Agents;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>What the person and the configuration want of routes. A change takes effect with the next choice.</summary>
internal sealed class RouteOrders
{
    private Agent? pinned;

    public FallbackMode Fallback { get; set; }

    public IReadOnlyList<RoutingRule> Rules { get; set; } = [];

    /// <summary>Nothing but the agents themselves decides: where there is only one, nobody needs to know who asks.</summary>
    public bool AreEmpty => Fallback == FallbackMode.Any && Rules.Count == 0;

    public bool NeedProgram => Rules.Any(rule => rule.When.NeedProgram);

    /// <summary>Until <see cref="Unpin"/>, or until the agent is gone.</summary>
    public void Pin(Agent agent) => pinned = agent;

    public void Unpin() => pinned = null;

    /// <summary>
    /// The pinned one of these agents. A pin whose agent is not there any more ends: another socket at its path is another agent. Reading the
    /// configuration again makes new records of the same sockets, so the socket is compared.
    /// </summary>
    public Agent? PinnedOf(IEnumerable<Agent> agents) =>
        pinned = pinned is null
            ? null
            : agents.FirstOrDefault(agent =>
                agent.IsUsable && agent.Path == pinned.Path && agent.Identity == pinned.Identity && agent.Created == pinned.Created);
}
