using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>The agents for one caller, in order: the first leads, the rest stand behind it as fallbacks.</summary>
internal sealed record Route(IReadOnlyList<RouteStep> Steps)
{
    public static readonly Route Empty = new([]);

    /// <summary>The rule that lets nobody answer this caller; the route is empty then.</summary>
    public RoutingRule? DeniedBy { get; init; }

    /// <summary>False for a leader that was found by what is known at once: who stands behind it was not asked yet.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>
    /// The same for a host that was reached with ssh -A: without the agents that stand here only because their keys belong to every list.
    /// </summary>
    public Route ForForwarded() => this with { Steps = [.. Steps.Where(step => step.Reason != RouteReason.Local || !step.Agent.IsAlways)] };

    public RouteStep? Leader => Steps.Count > 0 ? Steps[0] : null;
}
