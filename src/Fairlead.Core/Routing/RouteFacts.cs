using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>All facts that a choice depends on.</summary>
internal sealed record RouteFacts(Caller Caller, IReadOnlyList<AgentFacts> Agents)
{
    /// <summary>The agents that the person pinned, in their order.</summary>
    public IReadOnlyList<Agent> Pinned { get; init; } = [];

    /// <summary>What the rules in the configuration say of this caller. A denial counts more than a pin, because it protects.</summary>
    public Decision Policy { get; init; } = Decision.None;

    public FallbackMode Fallback { get; init; }

    /// <summary>The place of the caller's person can be compared with agents, whether its address is known or not.</summary>
    public bool IsLocated => Caller.Attachments.Count > 0 || Origins.Count > 0;

    /// <summary>
    /// The addresses that the caller's person comes from: those of the people who look at its multiplexer now, which need not be where it
    /// was started; otherwise that of its own login; otherwise the one in its environment. None if that is not known.
    /// </summary>
    public IReadOnlyList<string> Origins
    {
        get
        {
            if (Caller.Attachments.Count > 0)
            {
                return Viewers.AddressesOf(this);
            }

            Login? own = RouteRules.OwnLogin(this).FirstOrDefault()?.Login;
            return (own?.ClientAddress ?? Caller.ClientAddress) is string address ? [address] : [];
        }
    }
}

/// <summary>An agent and the login whose session process listens for it; a local agent has no known login.</summary>
internal sealed record AgentFacts(Agent Agent, Login? Login)
{
    /// <summary>An agent of this server, in the configuration, and of no laptop.</summary>
    public bool IsLocal => Agent.Source == AgentSource.Local;

    /// <summary>Its login comes from one of these addresses.</summary>
    public bool IsFrom(IReadOnlyList<string> addresses) => Login?.ClientAddress is string address && addresses.Contains(address);
}
