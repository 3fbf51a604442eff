using Fairlead.Core.Callers;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Planning;

/// <summary>
/// A route, and the facts it was chosen from. <c>status</c> and <c>why</c> read the one that their own request went down, so that a report explains the choice
/// that was made.
/// </summary>
internal sealed record RoutePlan(RouteFacts Facts, Route Route)
{
    public static readonly RoutePlan Empty = new(new RouteFacts(Caller.Unknown, []), Route.Empty);
}
