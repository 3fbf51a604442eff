using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>All that a choice is made from.</summary>
internal sealed record RouteFacts(Caller Caller, IReadOnlyList<AgentFacts> Agents)
{
    /// <summary>The agent that the person pinned.</summary>
    public Agent? Pinned { get; init; }

    /// <summary>The rule of the configuration that holds for this caller. A denial counts more than a pin: it is there to protect.</summary>
    public RoutingRule? Verdict { get; init; }

    public FallbackMode Fallback { get; init; }

    /// <summary>The login comes from the machine that the caller came from.</summary>
    public bool IsFromCallersClient(Login? login) => Caller.ClientAddress is not null && login?.ClientAddress == Caller.ClientAddress;
}
