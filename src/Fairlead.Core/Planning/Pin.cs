using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>What a person has pinned to answer everything.</summary>
internal abstract record Pin
{
    /// <summary>Nothing can come for it once its agent is gone.</summary>
    public abstract bool EndsWithAgent { get; }

    /// <summary>Those of these agents that it means, in the order in which they are to be asked.</summary>
    public abstract IEnumerable<Agent> In(IEnumerable<AgentFacts> agents);
}

/// <summary>One agent, by its socket: another one bound at the same path is another agent. Reading the configuration again makes new records of the same.</summary>
internal sealed record AgentPin(string Path, FileIdentity Identity, DateTimeOffset Created) : Pin
{
    public override bool EndsWithAgent => true;

    public static AgentPin Of(Agent agent) => new(agent.Path, agent.Identity, agent.Created);

    public override IEnumerable<Agent> In(IEnumerable<AgentFacts> agents) => agents.Select(agent => agent.Agent).Where(agent => Of(agent) == this);
}

/// <summary>A laptop, by the address it comes from: all its logins, the one typed in last first, and those that come later.</summary>
internal sealed record AddressPin(string Address) : Pin
{
    public override bool EndsWithAgent => false;

    public override IEnumerable<Agent> In(IEnumerable<AgentFacts> agents) =>
        from agent in agents
        where agent.Login?.ClientAddress == Address
        orderby agent.Login!.LastTyped descending, agent.Agent.Created descending
        select agent.Agent;
}
