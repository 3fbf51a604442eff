using Fairlead.Core.Agents;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>The wishes of the person and the configuration for routes. A change takes effect with the next choice.</summary>
internal sealed class RoutingOptions
{
    public FallbackMode Fallback { get; set; }

    public IReadOnlyList<RoutingRule> Rules { get; set; } = [];

    /// <summary>What the person calls their laptops; the first that fits gives the name.</summary>
    public IReadOnlyList<NamedLaptop> Laptops { get; set; } = [];

    /// <summary>Nothing but the agents themselves decides: where there is only one, nobody needs to know who asks.</summary>
    public bool AreEmpty => Fallback == FallbackMode.Any && Rules.Count == 0;

    /// <summary>What the configuration says from now on.</summary>
    public void Configure(FallbackMode fallback, IReadOnlyList<RoutingRule> rules, IReadOnlyList<NamedLaptop> laptops)
    {
        Fallback = fallback;
        Rules = rules;
        Laptops = laptops;
    }

    /// <summary>Gives these agents the names of their laptops.</summary>
    public void Name(IReadOnlyList<AgentFacts> agents)
    {
        foreach (AgentFacts agent in agents)
        {
            agent.Agent.LaptopName = agent.IsLocal ? null : Laptops.FirstOrDefault(laptop => laptop.Fits(agent))?.Name;
        }
    }

    public bool NeedProgram => Rules.Any(rule => rule.When.NeedProgram);

    /// <summary>Until it is unpinned, or has ended.</summary>
    public Pin? Pin { get; set; }

    /// <summary>The pinned agents among these, in the order in which to ask them. A pin that can no longer match anything ends.</summary>
    public IReadOnlyList<Agent> PinnedOf(IEnumerable<AgentFacts> agents)
    {
        Agent[] pinned = Pin is null ? [] : [.. Pin.In(agents.Where(agent => agent.Agent.IsUsable)).Distinct()];
        Pin = pinned.Length == 0 && Pin is { EndsWithAgent: true } ? null : Pin;
        return pinned;
    }
}
