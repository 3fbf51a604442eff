using Fairlead.Core.Agents;
using Fairlead.Core.Routing;

namespace Fairlead.Handlers;

/// <summary>
/// Which agents are one laptop's. Eight windows on one laptop are eight logins with eight agents; two laptops behind one router share its address, and
/// only their keys tell them apart. Pure.
/// </summary>
internal sealed class Laptops
{
    private readonly Dictionary<Agent, string> names = [];
    private readonly ILookup<string, string> atAddress;

    /// <param name="agents">All that are known, with their logins.</param>
    public Laptops(IReadOnlyList<AgentFacts> agents)
    {
        AgentFacts[] remote = [.. agents.Where(agent => !agent.IsLocal && CalledFrom(agent) is not null)];
        foreach (IGrouping<string, AgentFacts> from in remote.GroupBy(agent => CalledFrom(agent)!))
        {
            Name(from.Key, [.. from.Select(agent => agent.Agent).Distinct()]);
        }

        atAddress = remote.Where(agent => agent.Login?.ClientAddress is not null).ToLookup(agent => agent.Login!.ClientAddress!, agent => names[agent.Agent]);
    }

    /// <summary>The person's name for the laptop, else its address, and a key's comment where two share the address; null for an agent that is no laptop's.</summary>
    public string? NameOf(Agent agent) => names.GetValueOrDefault(agent);

    /// <summary>The laptop that a login without an agent comes from: the one that is known at its address, if there is one only.</summary>
    public string? NameAt(string? address) =>
        address is null ? null : atAddress[address].Distinct().ToArray() is [string only] ? only : address;

    private static string? CalledFrom(AgentFacts agent) => agent.Agent.LaptopName ?? agent.Login?.ClientAddress ?? agent.Login?.User;

    /// <summary>Agents of one address are one laptop's, unless they are known to have no key in common.</summary>
    private void Name(string from, IReadOnlyList<Agent> agents)
    {
        var rings = new List<HashSet<string>>();
        foreach (Agent agent in agents.Where(agent => agent.Keys is { Fingerprints.Count: > 0 }))
        {
            IReadOnlyList<string> keys = agent.Keys!.Fingerprints;
            HashSet<string>[] shared = [.. rings.Where(ring => ring.Overlaps(keys))];
            rings.RemoveAll(shared.Contains);
            rings.Add([.. shared.SelectMany(ring => ring), .. keys]);
        }

        foreach (Agent agent in agents)
        {
            HashSet<string>? ring = agent.Keys is { } known ? rings.Find(ring => ring.Overlaps(known.Fingerprints)) : null;
            names[agent] = rings.Count < 2 || ring is null ? from : $"{from} ({CommentOf(ring, agents)})";
        }
    }

    /// <summary>The same for all agents of a laptop, whichever of its keys each lists first.</summary>
    private static string CommentOf(HashSet<string> ring, IReadOnlyList<Agent> agents)
    {
        KeyList keys = agents.First(agent => agent.Keys is { } keys && ring.Overlaps(keys.Fingerprints)).Keys!;
        return keys.FirstComment ?? keys.Fingerprints[0];
    }
}
