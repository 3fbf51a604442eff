namespace Fairlead.Core.Routing;

/// <summary>Why an agent stands in a route: the rules of choosing, strongest first.</summary>
internal enum RouteReason
{
    /// <summary>The caller descends from the login's session process, with no multiplexer in between.</summary>
    OwnLogin,

    /// <summary>Somebody typed there last, or it is the only one there is.</summary>
    MostRecentlyTyped,

    /// <summary>The configuration lists it for when no login's agent answers.</summary>
    Local,
}
