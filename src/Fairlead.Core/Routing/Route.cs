namespace Fairlead.Core.Routing;

/// <summary>The agents for one caller, in order: the first leads, the rest stand behind it as fallbacks.</summary>
internal sealed record Route(IReadOnlyList<RouteStep> Steps)
{
    public static readonly Route Empty = new([]);

    public RouteStep? Leader => Steps.Count > 0 ? Steps[0] : null;
}
