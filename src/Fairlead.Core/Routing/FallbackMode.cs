namespace Fairlead.Core.Routing;

/// <summary>
/// How far a choice may go when nothing tells where the person sits. Two people on one account, or a laptop that must never sign for another, want
/// less than everything.
/// </summary>
internal enum FallbackMode
{
    /// <summary>Any login's agent, then the local ones.</summary>
    Any,

    /// <summary>Only logins from the client address that the caller itself came from.</summary>
    SameOrigin,

    /// <summary>None.</summary>
    None,
}
