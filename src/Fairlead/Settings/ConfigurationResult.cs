namespace Fairlead.Settings;

/// <summary>What reading a configuration gave: the configuration, or all mistakes in it.</summary>
/// <param name="Configuration">Null when there is a mistake.</param>
/// <param name="Errors">In the order of their lines; empty when there is a configuration.</param>
internal sealed record ConfigurationResult(Configuration? Configuration, IReadOnlyList<ConfigurationError> Errors)
{
    public ConfigurationResult(Configuration configuration)
        : this(configuration, [])
    {
    }

    public ConfigurationResult(params IReadOnlyList<ConfigurationError> errors)
        : this(null, errors)
    {
    }
}

/// <summary>Why a configuration file cannot be used.</summary>
/// <param name="Line">Counted from 1; 0 when it is about the whole file.</param>
/// <param name="Hint">What to do about it, where that can be told.</param>
internal sealed record ConfigurationError(string File, int Line, string Message, string? Hint)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
