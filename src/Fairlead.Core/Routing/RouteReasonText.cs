namespace Fairlead.Core.Routing;

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
        RouteReason.Rule => "a rule of the configuration says so",
        RouteReason.OwnLogin => "this shell belongs to its login",
        RouteReason.Attached => "this session is attached to its terminal",
        RouteReason.LastAttached => "this session is detached, and was attached to its terminal last",
        RouteReason.Environment => "this program was started from its login",
        RouteReason.MostRecentlyTyped => "of the logins with an agent it was typed in last",
        RouteReason.Local => "no login has an agent, and the configuration lists this one",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
