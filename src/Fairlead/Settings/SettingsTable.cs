using Fairlead.Core.Routing;

namespace Fairlead.Settings;

/// <summary>
/// Every single value that config.toml may set, a line each: what is here is read, checked, offered as the nearest word and shown. The lists of
/// tables have readers of their own, which know their keys.
/// </summary>
internal static class SettingsTable
{
    private static readonly Setting[] Places =
    [
        new("socket", (values, entry, was) => was with { Socket = values.Path(entry) }, now => now.Socket ?? "none"),
        Setting.List("discovery.folders", (values, entry) => values.Paths(entry), now => now.DiscoveryFolders, (was, folders) => was with { DiscoveryFolders = folders }),
    ];

    private static readonly Setting[] Answers =
    [
        new("routing.fallback", (values, entry, was) => was with { Fallback = Fallback(values, entry) }, now => now.Fallback.Word()),
        new("routing.keys", (values, entry, was) => was with { MergesKeys = values.Word(entry, "leader", "all") == "all" }, now => now.MergesKeys ? "all" : "leader"),
        Setting.Flag("routing.forwarded_changes", now => now.AllowsForwardedChanges, (was, flag) => was with { AllowsForwardedChanges = flag }),
        Setting.Time("patience.answer", now => now.AgentTimeouts.Answer, (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Answer = time } }),
        Setting.Time("patience.awake", now => now.AgentTimeouts.Awake, (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Awake = time } }),
        Setting.Time("patience.person", now => now.AgentTimeouts.Person, (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Person = time } }),
        Setting.Time("patience.busy", now => now.AgentTimeouts.Busy, (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Busy = time } }),
        Setting.Flag("patience.hedge", now => now.AgentTimeouts.AsksOthers, (was, flag) => was with { AgentTimeouts = was.AgentTimeouts with { AsksOthers = flag } }),
        Setting.Time("wait.time", now => now.HoldTimeouts.Time, (was, time) => was with { HoldTimeouts = was.HoldTimeouts with { Time = time } }, orNothing: true),
        Setting.Time("wait.bound", now => now.HoldTimeouts.Bound, (was, time) => was with { HoldTimeouts = was.HoldTimeouts with { Bound = time } }),
    ];

    private static readonly Setting[] Services =
    [
        Setting.Flag("heal.old_paths", now => now.HealsOldPaths, (was, flag) => was with { HealsOldPaths = flag }),
        Setting.List("env.variables", (values, entry) => values.Variables(entry), now => now.Variables, (was, names) => was with { Variables = names }),
        new("limits.conversations", (values, entry, was) => was with { Conversations = values.Count(entry) ?? was.Conversations }, now => $"{now.Conversations}"),
    ];

    /// <summary>In the order in which <c>fairlead config</c> shows them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Places, .. Answers, .. Services];

    /// <summary>The keys of all that a file may hold, in the order in which a person is told of them.</summary>
    public static KnownKeys Keys { get; } = new(
        [.. KeysOf(Places), .. AgentReader.Keys, .. KeysOf(Answers), .. RuleReader.Keys, .. KeysOf(Services)]);

    /// <returns>Null for what is no single value: a table, a list of tables and what is in one.</returns>
    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);

    private static FallbackMode Fallback(TomlValues values, TomlEntry entry)
    {
        FallbackMode[] modes = Enum.GetValues<FallbackMode>();
        string? word = values.Word(entry, [.. modes.Select(mode => mode.Word())]);
        return modes.FirstOrDefault(mode => mode.Word() == word);
    }

    private static IEnumerable<string> KeysOf(IEnumerable<Setting> settings) => settings.Select(setting => setting.Key);
}
