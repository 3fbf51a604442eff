namespace Fairlead.Core.Routing;

/// <summary>Why an agent is in a route: the rules of choosing, strongest first.</summary>
internal enum RouteReason
{
    /// <summary>The person said so, for every caller, until they unpin it.</summary>
    Pinned,

    /// <summary>A rule in the configuration says so, for this caller.</summary>
    Rule,

    /// <summary>The caller descends from the login's session process, with no multiplexer in between.</summary>
    OwnLogin,

    /// <summary>A terminal of the login shows the multiplexer above the caller.</summary>
    Attached,

    /// <summary>The multiplexer above the caller is detached; this login was attached to it most recently.</summary>
    LastAttached,

    /// <summary>The caller, or a process above it, was started from there.</summary>
    Environment,

    /// <summary>Somebody typed there most recently, or there is no other.</summary>
    MostRecentlyTyped,

    /// <summary>The configuration lists it for the case that no login's agent answers.</summary>
    Local,
}

/// <summary>The words for each reason: one for machines, one for people.</summary>
internal static class RouteReasonText
{
    /// <summary>The word that --json and the log use.</summary>
    public static string Word(this RouteReason reason) => reason switch
    {
        RouteReason.Pinned => "pinned",
        RouteReason.Rule => "rule",
        RouteReason.OwnLogin => "own-login",
        RouteReason.Attached => "attached",
        RouteReason.LastAttached => "last-attached",
        RouteReason.Environment => "environment",
        RouteReason.MostRecentlyTyped => "most-recently-typed",
        RouteReason.Local => "local",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>Ends a sentence that begins with the agent: "... because".</summary>
    public static string Describe(this RouteReason reason) => reason switch
    {
        RouteReason.Pinned => "it is pinned",
        RouteReason.Rule => "a rule in the configuration chooses it",
        RouteReason.OwnLogin => "this shell belongs to its login",
        RouteReason.Attached => "this session is attached to its terminal",
        RouteReason.LastAttached => "this session is detached, and was attached to its terminal most recently",
        RouteReason.Environment => "this program was started from its login",
        RouteReason.MostRecentlyTyped => "of the logins with an agent you typed in this one most recently",
        RouteReason.Local => "no login has an agent, and this one is configured",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
