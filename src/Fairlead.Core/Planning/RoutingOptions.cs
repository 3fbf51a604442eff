using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>What the person and the configuration want of routes. A change takes effect with the next choice.</summary>
internal sealed class RoutingOptions
{
    public FallbackMode Fallback { get; set; }

    public IReadOnlyList<RoutingRule> Rules { get; set; } = [];

    /// <summary>Nothing but the agents themselves decides: where there is only one, nobody needs to know who asks.</summary>
    public bool AreEmpty => Fallback == FallbackMode.Any && Rules.Count == 0;

    public bool NeedProgram => Rules.Any(rule => rule.When.NeedProgram);

    /// <summary>Until it is taken back, or until its agent is gone.</summary>
    public Pin? Pin { get; set; }

    /// <summary>
    /// The pinned one of these agents; a pin whose agent is not there any more ends. Reading the configuration again makes new records of the same
    /// sockets, so the socket is compared.
    /// </summary>
    public Agent? PinnedOf(IEnumerable<Agent> agents)
    {
        Agent? pinned = Pin is null ? null : agents.FirstOrDefault(agent => agent.IsUsable && Planning.Pin.Of(agent) == Pin);
        Pin = pinned is null ? null : Pin;
        return pinned;
    }
}

/// <summary>The agent that the person pinned, by its socket: another one bound at the same path is another agent.</summary>
internal sealed record Pin(string Path, FileIdentity Identity, DateTimeOffset Created)
{
    public static Pin Of(Agent agent) => new(agent.Path, agent.Identity, agent.Created);
}
