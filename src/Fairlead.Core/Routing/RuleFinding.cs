namespace Fairlead.Core.Routing;

/// <summary>What one rule found, in its own order; empty when it does not apply.</summary>
internal sealed record RuleFinding(RouteReason Rule, IReadOnlyList<RouteStep> Steps);
