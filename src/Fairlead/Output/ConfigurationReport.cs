using Fairlead.Core.Options;
using Fairlead.Core.Routing;
using Fairlead.Settings;

namespace Fairlead.Output;

/// <summary>Each value of the configuration and where it came from: what <c>fairlead config</c> prints.</summary>
/// <param name="File">The file that is read, or would be.</param>
internal sealed record ConfigurationReport(int Version, string? File, bool FileExists, IReadOnlyList<ConfigurationValue> Values)
{
    /// <param name="file">Where the file would be.</param>
    /// <param name="socket">Where the socket is, when the configuration does not say.</param>
    public static ConfigurationReport Of(Configuration configuration, string? file, string? socket)
    {
        var values = new List<ConfigurationValue>
        {
            Value("socket", configuration.Socket ?? socket ?? "none", configuration.Lines.GetValueOrDefault("socket")),
            Value(
                "discovery.folders",
                string.Join(", ", configuration.DiscoveryFolders),
                configuration.Lines.GetValueOrDefault("discovery.folders")),
            Value("routing.fallback", configuration.Fallback.Word(), configuration.Lines.GetValueOrDefault("routing.fallback")),
            Value("routing.keys", configuration.MergesKeys ? "all" : "leader", configuration.Lines.GetValueOrDefault("routing.keys")),
            Value(
                "routing.forwarded_changes",
                configuration.AllowsForwardedChanges ? "true" : "false",
                configuration.Lines.GetValueOrDefault("routing.forwarded_changes")),
            Value("patience.answer", DurationText.Of(configuration.AgentTimeouts.Answer), configuration.Lines.GetValueOrDefault("patience.answer")),
            Value("patience.person", DurationText.Of(configuration.AgentTimeouts.Person), configuration.Lines.GetValueOrDefault("patience.person")),
            Value("patience.busy", DurationText.Of(configuration.AgentTimeouts.Busy), configuration.Lines.GetValueOrDefault("patience.busy")),
            Value("patience.hedge", configuration.AgentTimeouts.AsksOthers ? "true" : "false", configuration.Lines.GetValueOrDefault("patience.hedge")),
            Value("wait.time", DurationText.Of(configuration.HoldTimeouts.Time), configuration.Lines.GetValueOrDefault("wait.time")),
            Value("wait.bound", DurationText.Of(configuration.HoldTimeouts.Bound), configuration.Lines.GetValueOrDefault("wait.bound")),
            Value("heal.old_paths", configuration.HealsOldPaths ? "true" : "false", configuration.Lines.GetValueOrDefault("heal.old_paths")),
            Value("env.variables", string.Join(", ", configuration.Variables), configuration.Lines.GetValueOrDefault("env.variables")),
            Value("limits.conversations", $"{configuration.Conversations}", configuration.Lines.GetValueOrDefault("limits.conversations")),
        };
        values.AddRange(configuration.Agents.Select(agent =>
            Value($"agent {agent.Name}", $"{agent.Socket} ({agent.Role.ToString().ToLowerInvariant()})", agent.Line)));
        values.AddRange(configuration.Rules.Select((rule, number) => Value($"rule {number + 1}", $"{rule.When}: {rule.Use}", rule.Line)));
        return new ConfigurationReport(1, configuration.File ?? file, configuration.File is not null, values);
    }

    private static ConfigurationValue Value(string key, string value, int line) =>
        new(key, value, line > 0 ? "file" : "default", line > 0 ? line : null);
}

/// <summary>One value of the configuration.</summary>
/// <param name="Origin">"default" or "file".</param>
/// <param name="Line">Where in the file.</param>
internal sealed record ConfigurationValue(string Key, string Value, string Origin, int? Line);
