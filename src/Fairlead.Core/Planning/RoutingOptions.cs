using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>The wishes of the person and the configuration for routes. A change takes effect with the next choice.</summary>
internal sealed class RoutingOptions
{
    public FallbackMode Fallback { get; set; }

    public IReadOnlyList<PolicyRule> Rules { get; set; } = [];

    /// <summary>What the person calls their laptops; the first that fits gives the name.</summary>
    public IReadOnlyList<NamedLaptop> Laptops { get; set; } = [];

    /// <summary>Reads the rules again before each decision, for a daemon that has handed over; null while it reads them when it is told to.</summary>
    public Func<ValueTask>? Renew { get; set; }

    /// <summary>Nothing but the agents themselves decides: where there is only one, nobody needs to know who asks.</summary>
    public bool AreEmpty => Fallback == FallbackMode.Any && Rules.Count == 0;

    /// <summary>What the configuration says from now on.</summary>
    public void Configure(FallbackMode fallback, IReadOnlyList<PolicyRule> rules, IReadOnlyList<NamedLaptop> laptops)
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

    /// <summary>What the rules ask of a caller.</summary>
    public CallerNeeds Needs
    {
        get
        {
            RuleConditions[] conditions = [.. Rules.Select(rule => rule.When)];
            return conditions.Length == 0 ? CallerNeeds.Nothing : new CallerNeeds(
                conditions.Any(when => when.Folder is not null || when.Executable is not null),
                conditions.Any(when => when.Under is not null),
                [.. conditions.Select(when => when.Variable?.Split('=', 2)[0]).OfType<string>().Distinct()])
            {
                Place = conditions.Any(when => when.NeedPlace),
            };
        }
    }

    /// <summary>A rule chooses an agent by the server.</summary>
    public bool ChooseByHost => Rules.Any(rule => rule is { When.Host: not null, Use.IsDenial: false });

    /// <summary>A rule has the person asked.</summary>
    public bool Ask => Rules.Any(rule => rule.Ask is { IsAsked: true });

    /// <summary>The servers that rules name.</summary>
    public IReadOnlyCollection<string> Hosts => [.. Rules.Select(rule => rule.When.Host).OfType<string>().Distinct()];

    /// <summary>
    /// Which of these names and fingerprints are those of the server with this host key. Reads files that may be on a dead file server: run
    /// on the worker.
    /// </summary>
    /// <returns>Null when a file could not be read: then the server may be any.</returns>
    public Func<byte[], IReadOnlyCollection<string>, IReadOnlyCollection<string>?> FindHosts { get; set; } =
        (key, named) => [.. named.Where(name => name == KeyFingerprint.Of(key))];

    /// <summary>Until it is unpinned, or has ended.</summary>
    public Pin? Pin { get; set; }

    /// <summary>The pinned agents among these, in the order in which to ask them. A pin that can no longer match anything ends.</summary>
    public IReadOnlyList<Agent> PinnedOf(IEnumerable<AgentFacts> agents)
    {
        Agent[] pinned = FindPinned(agents);
        Pin = pinned.Length == 0 && Pin is { EndsWithAgent: true } ? null : Pin;
        return pinned;
    }

    /// <summary>Takes the pin back.</summary>
    /// <param name="agents">All that can be used.</param>
    /// <returns>What was pinned; null where nothing was, or its agent has ended and the pin with it.</returns>
    public Pin? Unpin(IEnumerable<AgentFacts> agents)
    {
        Pin? was = Pin is { EndsWithAgent: true } && FindPinned(agents).Length == 0 ? null : Pin;
        Pin = null;
        return was;
    }

    private Agent[] FindPinned(IEnumerable<AgentFacts> agents) =>
        Pin is null ? [] : [.. Pin.In(agents.Where(agent => agent.Agent.IsUsable)).Distinct()];
}
