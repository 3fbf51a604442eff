using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>All that a choice is made from.</summary>
internal sealed record RouteFacts(Caller Caller, IReadOnlyList<AgentFacts> Agents);
