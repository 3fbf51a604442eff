namespace Fairlead.Output;

/// <summary>One value of the configuration.</summary>
/// <param name="Origin">"default" or "file".</param>
/// <param name="Line">Where in the file.</param>
internal sealed record ConfigurationValue(string Key, string Value, string Origin, int? Line);
