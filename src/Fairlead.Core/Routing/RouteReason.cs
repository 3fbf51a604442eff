namespace Fairlead.Core.Routing;

/// <summary>Why an agent stands in a route: the rules of choosing, strongest first.</summary>
internal enum RouteReason
{
    /// <summary>The person said so, for every caller, until they take it back.</summary>
    Pinned,

    /// <summary>A rule of the configuration says so, for this caller.</summary>
    Rule,

    /// <summary>The caller descends from the login's session process, with no multiplexer in between.</summary>
    OwnLogin,

    /// <summary>The multiplexer above the caller is shown on a terminal of the login.</summary>
    Attached,

    /// <summary>The multiplexer above the caller is detached; this login was attached to it last.</summary>
    LastAttached,

    /// <summary>The caller, or a process above it, was started from there.</summary>
    Environment,

    /// <summary>Somebody typed there last, or it is the only one there is.</summary>
    MostRecentlyTyped,

    /// <summary>The configuration lists it for when no login's agent answers.</summary>
    Local,
}
