using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Turns the entries of a file into a configuration. The first mistake ends it: a person mends one line at a time.</summary>
internal sealed class ConfigurationReader
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        [""] = ["socket", "discovery", "agent", "routing", "patience", "wait", "rule", "heal", "env", "limits"],
        ["discovery"] = ["folders"],
        ["agent"] = ["name", "socket", "role"],
        ["routing"] = ["fallback", "keys", "forwarded_changes"],
        ["patience"] = ["answer", "person", "busy", "hedge"],
        ["wait"] = ["time", "bound"],
        ["heal"] = ["old_paths"],
        ["env"] = ["variables"],
        ["limits"] = ["conversations"],
        ["rule"] = ["when", "use"],
        ["rule.when"] = ["from", "login", "session", "cwd", "executable", "background"],
    };

    /// <summary>Every key, with its tables in front: <c>rule.when.from</c>.</summary>
    public static IEnumerable<string> Keys => Known.SelectMany(table => table.Value.Select(key => table.Key.Length > 0 ? $"{table.Key}.{key}" : key));

    private readonly string file;
    private readonly Surroundings around;
    private readonly TomlValues values;
    private readonly RuleReader rules;
    private readonly Dictionary<string, int> lines = [];
    private readonly List<AgentDraft> agents = [];
    private FallbackMode fallback;
    private bool mergesKeys;
    private bool allowsForwardedChanges;
    private AgentTimeouts timeouts = new();
    private HoldTimeouts holdTimeouts = new();
    private bool healsOldPaths = true;
    private int conversations = RelayOptions.UsualConversations;
    private IReadOnlyList<string>? variables;
    private string? socket;
    private List<string>? folders;

    public ConfigurationReader(string file, Surroundings around)
    {
        this.file = file;
        this.around = around;
        values = new TomlValues(file, around);
        rules = new RuleReader(values);
    }

    public ConfigurationResult Read(DocumentSyntax document)
    {
        foreach (TomlEntry entry in TomlEntries.Of(document))
        {
            Take(entry);
            if (values.Error is { } error)
            {
                return new ConfigurationResult(null, error);
            }
        }

        var finished = new List<ConfiguredAgent>();
        foreach (AgentDraft draft in agents)
        {
            if (Finish(draft, finished) is { } agent)
            {
                finished.Add(agent);
            }
        }

        IReadOnlyList<RoutingRule> finishedRules = rules.Finish(finished);
        return values.Error is { } mistake
            ? new ConfigurationResult(null, mistake)
            : new ConfigurationResult(Configuration.Default(around) with
            {
                File = file,
                Socket = socket,
                DiscoveryFolders = folders ?? Configuration.Default(around).DiscoveryFolders,
                Agents = finished,
                Fallback = fallback,
                MergesKeys = mergesKeys,
                AllowsForwardedChanges = allowsForwardedChanges,
                AgentTimeouts = timeouts,
                HoldTimeouts = holdTimeouts,
                HealsOldPaths = healsOldPaths,
                Conversations = conversations,
                Variables = variables ?? Configuration.Default(around).Variables,
                Rules = finishedRules,
                Lines = lines,
            }, null);
    }

    private void Take(TomlEntry entry)
    {
        if (!IsKnown(entry))
        {
            return;
        }

        if (entry.IsListInside)
        {
            values.Fail(entry, $"'{string.Join('.', entry.Name)}' is no list of tables", $"write {entry.Name[^1]} = ... below [[{entry.Name[0]}]] or [{entry.Name[0]}]");
            return;
        }

        switch (string.Join('.', entry.Name))
        {
            case "socket":
                socket = values.Path(entry);
                break;
            case "discovery.folders":
                folders = values.Paths(entry);
                break;
            case "routing.fallback":
                fallback = FallbackFrom(entry);
                break;
            case "routing.keys":
                mergesKeys = MergesKeysFrom(entry);
                break;
            case "routing.forwarded_changes":
                allowsForwardedChanges = values.Flag(entry) ?? false;
                break;
            case "patience.answer":
                timeouts = timeouts with { Answer = values.Duration(entry) ?? timeouts.Answer };
                break;
            case "patience.person":
                timeouts = timeouts with { Person = values.Duration(entry) ?? timeouts.Person };
                break;
            case "patience.busy":
                timeouts = timeouts with { Busy = values.Duration(entry) ?? timeouts.Busy };
                break;
            case "patience.hedge":
                timeouts = timeouts with { AsksOthers = values.Flag(entry) ?? true };
                break;
            case "wait.time":
                holdTimeouts = holdTimeouts with { Time = values.Duration(entry, orNothing: true) ?? holdTimeouts.Time };
                break;
            case "wait.bound":
                holdTimeouts = holdTimeouts with { Bound = values.Duration(entry) ?? holdTimeouts.Bound };
                break;
            case "heal.old_paths":
                healsOldPaths = values.Flag(entry) ?? true;
                break;
            case "env.variables":
                variables = VariablesFrom(entry);
                break;
            case "limits.conversations":
                conversations = values.Count(entry) ?? conversations;
                break;
            case "discovery" or "routing" or "patience" or "wait" or "heal" or "env" or "limits" when entry.Value is not null || entry.Element >= 0:
                values.Fail(entry, $"'{entry.Name[0]}' is a table", $"write [{entry.Name[0]}]");
                break;
            case "agent" when entry.Value is not null || entry.Element < 0:
            case "agent.name" or "agent.socket" or "agent.role" when entry.Element < 0:
                values.Fail(entry, "'agent' is a list of tables", "write [[agent]]");
                break;
            case "agent":
                agents.Add(new AgentDraft(entry.Line));
                return;
            case "agent.name":
                agents[entry.Element].Name = values.Text(entry);
                break;
            case "agent.socket":
                agents[entry.Element].Socket = values.Path(entry);
                break;
            case "agent.role":
                agents[entry.Element].Role = RoleFrom(entry);
                break;
        }

        if (entry.Name[0] == "rule")
        {
            rules.Take(entry);
        }

        lines.TryAdd(string.Join('.', entry.Name), entry.Line);
    }

    private FallbackMode FallbackFrom(TomlEntry entry)
    {
        string? word = values.Text(entry);
        FallbackMode[] modes = Enum.GetValues<FallbackMode>();
        if (word is not null && !modes.Any(mode => mode.Word() == word))
        {
            values.Fail(entry, $"unknown fallback '{word}'", $"write one of {string.Join(", ", modes.Select(mode => $"\"{mode.Word()}\""))}");
        }

        return modes.FirstOrDefault(mode => mode.Word() == word);
    }

    private AgentRole RoleFrom(TomlEntry entry)
    {
        string? word = values.Text(entry);
        if (word is not (null or "fallback" or "always"))
        {
            values.Fail(entry, $"unknown role '{word}'", "write \"fallback\" or \"always\"");
        }

        return word == "always" ? AgentRole.Always : AgentRole.Fallback;
    }

    private bool MergesKeysFrom(TomlEntry entry)
    {
        string? word = values.Text(entry);
        if (word is not (null or "leader" or "all"))
        {
            values.Fail(entry, $"unknown keys '{word}'", "write \"leader\" or \"all\"");
        }

        return word == "all";
    }

    private List<string>? VariablesFrom(TomlEntry entry)
    {
        List<string>? names = values.Texts(entry);
        if (names?.Find(name => !IsVariable(name)) is string other)
        {
            values.Fail(entry, $"'{other}' is not the name of a variable", "write variables = [\"DISPLAY\", \"XAUTHORITY\"]");
        }
        else if (names?.Contains("SSH_AUTH_SOCK") == true)
        {
            values.Fail(entry, "SSH_AUTH_SOCK is what 'fairlead init' sets, once and for good", "leave it out");
        }

        return names;
    }

    /// <summary>What every shell takes for a name: it becomes part of a line of code.</summary>
    private static bool IsVariable(string name) => !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private bool IsKnown(TomlEntry entry)
    {
        string table = "";
        foreach (string part in entry.Name)
        {
            if (!Known.TryGetValue(table, out string[]? keys) || !keys.Contains(part))
            {
                bool isTable = table.Length == 0 && entry.Value is null;
                string? nearest = NearestWord.Find(part, keys ?? []);
                values.Fail(
                    entry,
                    $"unknown {(isTable ? "table" : "key")} '{part}'{(table.Length > 0 ? $" in [{table}]" : "")}",
                    nearest is not null ? $"did you mean '{nearest}'?" : keys is not null ? $"known here: {string.Join(", ", keys)}" : null);
                return false;
            }

            table = table.Length > 0 ? $"{table}.{part}" : part;
        }

        return true;
    }

    private ConfiguredAgent? Finish(AgentDraft draft, List<ConfiguredAgent> others)
    {
        string? missing = draft.Name is null ? "name" : draft.Socket is null ? "socket" : null;
        if (missing is not null)
        {
            values.Fail(draft.Line, $"an agent without '{missing}'", $"add {missing} = \"...\"");
            return null;
        }

        if (others.Any(other => other.Name == draft.Name))
        {
            values.Fail(draft.Line, $"a second agent with the name '{draft.Name}'", "give it another name");
            return null;
        }

        return new ConfiguredAgent(draft.Name!, draft.Socket!, draft.Role, draft.Line);
    }

    private sealed class AgentDraft(int line)
    {
        public int Line { get; } = line;

        public string? Name { get; set; }

        public string? Socket { get; set; }

        public AgentRole Role { get; set; }
    }
}
