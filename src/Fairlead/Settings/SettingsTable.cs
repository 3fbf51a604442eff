using Fairlead.Core.Routing;

namespace Fairlead.Settings;

/// <summary>
/// Every single value that config.toml may set: what is here is read, checked, offered as the nearest word, shown, and part of the example. The lists of
/// tables have readers of their own, which know their keys.
/// </summary>
internal static class SettingsTable
{
    private static readonly Setting[] Places =
    [
        new(
            "socket",
            "Where fairlead listens. The usual place is chosen for you.",
            (values, entry, was) => was with { Socket = values.Path(entry) },
            now => now.Socket ?? "none"),
        Setting.List(
            "discovery.folders",
            "The folders in which fairlead looks for the sockets of logins.",
            (values, entry) => values.Paths(entry),
            now => now.DiscoveryFolders,
            (was, folders) => was with { DiscoveryFolders = folders }),
    ];

    private static readonly Setting[] Answers =
    [
        new(
            "routing.fallback",
            "Who may answer where nothing shows which laptop you are at: \"any\" agent, one from the \"same-origin\", or \"none\".",
            (values, entry, was) => was with { Fallback = Fallback(values, entry) },
            now => now.Fallback.Word()),
        new(
            "routing.keys",
            "\"leader\": a list has the keys of one agent. \"all\": it has those of every agent (servers give up after six).",
            (values, entry, was) => was with { MergesKeys = values.Word(entry, "leader", "all") == "all" },
            now => now.MergesKeys ? "all" : "leader"),
        Setting.Flag(
            "routing.forwarded_changes",
            "Whether hosts reached with 'ssh -A' may add, remove and lock keys.",
            now => now.AllowsForwardedChanges,
            (was, flag) => was with { AllowsForwardedChanges = flag }),
        Setting.Time(
            "patience.answer",
            "How long an agent has for a list of keys. After that fairlead skips it until it answers: its laptop may be asleep.",
            now => now.AgentTimeouts.Answer,
            (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Answer = time } }),
        Setting.Time(
            "patience.awake",
            "The same where the laptop has received the question and no other agent answers: the agent may be asking you something.",
            now => now.AgentTimeouts.Awake,
            (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Awake = time } }),
        Setting.Time(
            "patience.person",
            "How long an agent has for a signature: you may have to touch a key or type a PIN.",
            now => now.AgentTimeouts.Person,
            (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Person = time } }),
        Setting.Time(
            "patience.busy",
            "How long a request waits for an agent that is busy with another one.",
            now => now.AgentTimeouts.Busy,
            (was, time) => was with { AgentTimeouts = was.AgentTimeouts with { Busy = time } }),
        Setting.Flag(
            "patience.hedge",
            "Whether the next agent is asked as well when one is late.",
            now => now.AgentTimeouts.AsksOthers,
            (was, flag) => was with { AgentTimeouts = was.AgentTimeouts with { AsksOthers = flag } }),
        Setting.Time(
            "wait.time",
            "How long a request for keys waits while no agent can answer it: \"90s\", \"8h\", or \"0s\" for not at all.",
            now => now.HoldTimeouts.Time,
            (was, time) => was with { HoldTimeouts = was.HoldTimeouts with { Time = time } },
            orNothing: true),
        Setting.Time(
            "wait.bound",
            "The most that it waits where ssh has already connected: most servers give a login two minutes.",
            now => now.HoldTimeouts.Bound,
            (was, time) => was with { HoldTimeouts = was.HoldTimeouts with { Bound = time } }),
    ];

    private static readonly Setting[] Services =
    [
        Setting.Flag(
            "heal.old_paths",
            "Whether fairlead listens again at agent paths that are gone and that running programs still use.",
            now => now.HealsOldPaths,
            (was, flag) => was with { HealsOldPaths = flag }),
        Setting.List(
            "env.variables",
            "The variables that 'fairlead env' takes from the login you sit at.",
            (values, entry) => values.Variables(entry),
            now => now.Variables,
            (was, names) => was with { Variables = names }),
        Setting.Time(
            "ask.time",
            "How long a question before a signature waits for your answer. After that, the signature is refused.",
            now => now.AskTime,
            (was, time) => was with { AskTime = time }),
        new(
            "log.to",
            "Where fairlead writes down what was signed, changed and refused: \"journal\", a file, or \"none\".",
            (values, entry, was) => was with { LogTo = values.LogTarget(entry) },
            now => now.LogTo ?? "none"),
        new(
            "limits.conversations",
            "How many connections the daemon serves at one time. Beyond that, idle ones end first.",
            (values, entry, was) => was with { Conversations = values.Count(entry) ?? was.Conversations },
            now => $"{now.Conversations}")
        {
            Write = now => $"{now.Conversations}",
        },
        Setting.Flag(
            "limits.stay",
            "Whether a daemon that a login started stays after your last process on this host has ended.",
            now => now.Stays,
            (was, flag) => was with { Stays = flag }),
    ];

    /// <summary>In the order in which <c>fairlead config</c> shows them.</summary>
    public static IReadOnlyList<Setting> All { get; } = [.. Places, .. Answers, .. Services];

    /// <summary>The keys of all that a file may hold, in the order in which a person is told of them.</summary>
    public static KnownKeys Keys { get; } = new(
        [.. KeysOf(Places), .. AgentReader.Keys, .. LaptopReader.Keys, .. KeysOf(Answers), .. RuleReader.Keys, .. KeysOf(Services)]);

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
