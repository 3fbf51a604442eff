using Fairlead.Core.Agents;
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

    /// <summary>Until it is taken back, or has ended.</summary>
    public Pin? Pin { get; set; }

    /// <summary>Those of these agents that are pinned, the first of them to be asked first. A pin that can hold for nobody any more ends.</summary>
    public IReadOnlyList<Agent> PinnedOf(IEnumerable<AgentFacts> agents)
    {
        Agent[] pinned = Pin is null ? [] : [.. Pin.In(agents.Where(agent => agent.Agent.IsUsable)).Distinct()];
        Pin = pinned.Length == 0 && Pin is { EndsWithAgent: true } ? null : Pin;
        return pinned;
    }
}
