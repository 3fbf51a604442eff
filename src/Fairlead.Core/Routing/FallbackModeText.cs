namespace Fairlead.Core.Routing;

/// <summary>The words of the configuration for each mode.</summary>
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
