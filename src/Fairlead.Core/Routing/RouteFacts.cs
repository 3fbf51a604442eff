using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>All that a choice is made from.</summary>
internal sealed record RouteFacts(Caller Caller, IReadOnlyList<AgentFacts> Agents)
{
    /// <summary>The agents that the person pinned, in their order.</summary>
    public IReadOnlyList<Agent> Pinned { get; init; } = [];

    /// <summary>The rule of the configuration that holds for this caller. A denial counts more than a pin: it is there to protect.</summary>
    public RoutingRule? Verdict { get; init; }

    public FallbackMode Fallback { get; init; }

    /// <summary>The caller's person is somewhere that agents can be compared with, whether its address is known or not.</summary>
    public bool IsLocated => Caller.Attachments.Count > 0 || Origins.Count > 0;

    /// <summary>
    /// The addresses that the caller's person comes from: of those who sit before its multiplexer now, which need not be where it was started; else of
    /// its own login; else what its environment says. None where that is not known.
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

/// <summary>An agent and the login that its listener is the session process of; no login is known of local ones.</summary>
internal sealed record AgentFacts(Agent Agent, Login? Login)
{
    /// <summary>Of this server, named by the configuration: no laptop's.</summary>
    public bool IsLocal => Agent.Source == AgentSource.Local;

    /// <summary>Its login comes from one of these addresses.</summary>
    public bool IsFrom(IReadOnlyList<string> addresses) => Login?.ClientAddress is string address && addresses.Contains(address);
}
