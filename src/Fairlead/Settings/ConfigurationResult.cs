namespace Fairlead.Settings;

/// <summary>What reading a configuration gave: one of the two.</summary>
internal readonly record struct ConfigurationResult(Configuration? Configuration, ConfigurationError? Error);

/// <summary>Why a configuration file cannot be used.</summary>
/// <param name="Line">Counted from 1; 0 when it is about the whole file.</param>
/// <param name="Hint">What to do about it, where that can be told.</param>
internal sealed record ConfigurationError(string File, int Line, string Message, string? Hint)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
