using Fairlead.Core.Policy;

namespace Fairlead.Core.Routing;

/// <summary>The agents for one caller, in order: the first leads, the rest are its fallbacks.</summary>
internal sealed record Route(IReadOnlyList<RouteStep> Steps)
{
    public static readonly Route Empty = new([]);

    /// <summary>The rule that lets no agent answer this caller; the route is empty then.</summary>
    public PolicyRule? DeniedBy { get; init; }

    /// <summary>False for a leader that follows from what is known at once: the agents after it are not yet known.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>
    /// The same for a host that was reached with ssh -A: without the agents that are here only because their keys belong in every list.
    /// </summary>
    public Route ForForwarded() => this with { Steps = [.. Steps.Where(step => step.Reason != RouteReason.Local || !step.Agent.IsAlways)] };

    public RouteStep? Leader => Steps.Count > 0 ? Steps[0] : null;
}
