using Fairlead.Core.Callers;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>
/// A route, and the facts it was chosen from. <c>status</c> and <c>why</c> read the plan that their own request used, so that a report
/// explains the actual choice.
/// </summary>
internal sealed record RoutePlan(RouteFacts Facts, Route Route)
{
    public static readonly RoutePlan Empty = new(new RouteFacts(Caller.Unknown, []), Route.Empty);
}
