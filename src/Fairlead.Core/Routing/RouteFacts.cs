using Fairlead.Core.Agents;
using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>All that a choice is made from.</summary>
internal sealed record RouteFacts(Caller Caller, IReadOnlyList<AgentFacts> Agents)
{
    /// <summary>The agent that the person pinned.</summary>
    public Agent? Pinned { get; init; }

    public FallbackMode Fallback { get; init; }

    /// <summary>The login comes from the machine that the caller came from.</summary>
    public bool IsFromCallersClient(Login? login) => Caller.ClientAddress is not null && login?.ClientAddress == Caller.ClientAddress;
}
