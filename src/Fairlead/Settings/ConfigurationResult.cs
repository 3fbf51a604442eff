namespace Fairlead.Settings;

/// <summary>What reading a configuration gave: one of the two.</summary>
internal readonly record struct ConfigurationResult(Configuration? Configuration, ConfigurationError? Error);
