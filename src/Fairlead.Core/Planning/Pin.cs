using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>What the person pinned to answer everything.</summary>
internal abstract record Pin
{
    /// <summary>Nothing can match it once its agent is gone.</summary>
    public abstract bool EndsWithAgent { get; }

    /// <summary>The agents among these that it means, in the order in which to ask them.</summary>
    public abstract IEnumerable<Agent> In(IEnumerable<AgentFacts> agents);
}

/// <summary>
/// One agent, by its socket: another one bound at the same path is another agent. A reload of the configuration makes new records of the
/// same agent.
/// </summary>
internal sealed record AgentPin(string Path, FileIdentity Identity, DateTimeOffset Created) : Pin
{
    public override bool EndsWithAgent => true;

    public static AgentPin Of(Agent agent) => new(agent.Path, agent.Identity, agent.Created);

    public override IEnumerable<Agent> In(IEnumerable<AgentFacts> agents) => agents.Select(agent => agent.Agent).Where(agent => Of(agent) == this);
}

/// <summary>A laptop: all its logins, the one typed in most recently first, and those that come later.</summary>
/// <param name="Laptop">Its name in the configuration, or the address it comes from.</param>
internal sealed record LaptopPin(string Laptop) : Pin
{
    public override bool EndsWithAgent => false;

    public override IEnumerable<Agent> In(IEnumerable<AgentFacts> agents) =>
        from agent in agents
        where agent.Agent.LaptopName == Laptop || agent.Login?.ClientAddress == Laptop
        orderby agent.Login!.LastTyped descending, agent.Agent.Created descending
        select agent.Agent;
}
