using Fairlead.Core.Policy;
using Fairlead.Settings;

namespace Fairlead.Output;

/// <summary>Each value of the configuration and where it came from: what <c>fairlead config</c> prints.</summary>
/// <param name="File">The file that is read, or would be.</param>
internal sealed record ConfigurationReport(int Version, string? File, bool FileExists, IReadOnlyList<ConfigurationValue> Values)
{
    /// <summary>Rules that never hold.</summary>
    public IReadOnlyList<RuleDoubt> Doubts { get; init; } = [];

    /// <param name="file">Where the file would be.</param>
    /// <param name="socket">Where the socket is, when the configuration does not say.</param>
    public static ConfigurationReport Of(Configuration configuration, string? file, string? socket)
    {
        Configuration shown = configuration with { Socket = configuration.Socket ?? socket };
        IReadOnlyList<ConfigurationValue> values =
        [
            .. SettingsTable.All.Select(setting => Value(setting.Key, setting.Show(shown), configuration.Lines.GetValueOrDefault(setting.Key))),
            .. configuration.Agents.Select(agent => Value($"agent {agent.Name}", $"{agent.Socket} ({agent.Role.ToString().ToLowerInvariant()})", agent.Line)),
            .. configuration.Laptops.Select(laptop => Value($"laptop {laptop.Name}", string.Join(", ", new[] { laptop.Address, laptop.Key }.OfType<string>()), laptop.Line)),
            .. configuration.Rules.Select((rule, number) => Value($"rule {number + 1}", $"{rule.When}: {Says(rule)}", rule.Line)),
        ];
        return new ConfigurationReport(1, configuration.File ?? file, configuration.File is not null, values) { Doubts = RuleDoubt.In(configuration) };
    }

    private static string Says(PolicyRule rule) => string.Join(", ", new[] { rule.Use?.ToString(), rule.Keys?.ToString(), rule.Ask is { } ask ? $"ask {ask}" : null }.OfType<string>());

    private static ConfigurationValue Value(string key, string value, int line) =>
        new(key, value, line > 0 ? "file" : "default", line > 0 ? line : null);
}

/// <summary>One value of the configuration.</summary>
/// <param name="Origin">"default" or "file".</param>
/// <param name="Line">Where in the file.</param>
internal sealed record ConfigurationValue(string Key, string Value, string Origin, int? Line);
