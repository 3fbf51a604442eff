namespace Fairlead.Core.Routing;

/// <summary>
/// Limits the choice when nothing shows where the person sits. Two people on one account, or a laptop that must never sign for another,
/// need less than everything.
/// </summary>
internal enum FallbackMode
{
    /// <summary>Any login's agent, then the local ones.</summary>
    Any,

    /// <summary>Only logins from the client address that the caller itself comes from.</summary>
    SameOrigin,

    /// <summary>None.</summary>
    None,
}

/// <summary>The configuration's word for each mode.</summary>
internal static class FallbackModeText
{
    public static string Word(this FallbackMode mode) => mode switch
    {
        FallbackMode.Any => "any",
        FallbackMode.SameOrigin => "same-origin",
        FallbackMode.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };
}
