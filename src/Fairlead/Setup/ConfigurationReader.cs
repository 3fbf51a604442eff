using Tomlyn.Syntax;

namespace Fairlead.Setup;

/// <summary>Turns the entries of a file into a configuration. The first mistake ends it: a person mends one line at a time.</summary>
internal sealed class ConfigurationReader(string file, Surroundings around)
{
    private static readonly Dictionary<string, string[]> Known = new()
    {
        [""] = ["socket", "discovery", "agent"],
        ["discovery"] = ["folders"],
        ["agent"] = ["name", "socket", "role"],
    };

    private readonly Dictionary<string, int> lines = [];
    private readonly List<AgentDraft> agents = [];
    private string? socket;
    private List<string>? folders;
    private ConfigurationError? error;

    public ConfigurationResult Read(DocumentSyntax document)
    {
        foreach (TomlEntry entry in TomlEntries.Of(document))
        {
            Take(entry);
            if (error is not null)
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

        return error is not null
            ? new ConfigurationResult(null, error)
            : new ConfigurationResult(Configuration.Default(around) with
            {
                File = file,
                Socket = socket,
                DiscoveryFolders = folders ?? Configuration.Default(around).DiscoveryFolders,
                Agents = finished,
                Lines = lines,
            }, null);
    }

    private void Take(TomlEntry entry)
    {
        if (!IsKnown(entry))
        {
            return;
        }

        switch (string.Join('.', entry.Name))
        {
            case "socket":
                socket = PathFrom(entry);
                break;
            case "discovery.folders":
                folders = PathsFrom(entry);
                break;
            case "discovery" when entry.Value is not null || entry.Element >= 0:
                Fail(entry, "'discovery' is a table", "write [discovery]");
                break;
            case "agent" when entry.Value is not null || entry.Element < 0:
            case "agent.name" or "agent.socket" or "agent.role" when entry.Element < 0:
                Fail(entry, "'agent' is a list of tables", "write [[agent]]");
                break;
            case "agent":
                agents.Add(new AgentDraft(entry.Line));
                return;
            case "agent.name":
                agents[entry.Element].Name = TextFrom(entry);
                break;
            case "agent.socket":
                agents[entry.Element].Socket = PathFrom(entry);
                break;
            case "agent.role" when TextFrom(entry) is { } role && role != "fallback":
                Fail(entry, $"unknown role '{role}'", "the role of an agent is \"fallback\"");
                break;
        }

        lines.TryAdd(string.Join('.', entry.Name), entry.Line);
    }

    private bool IsKnown(TomlEntry entry)
    {
        string table = "";
        foreach (string part in entry.Name)
        {
            if (!Known.TryGetValue(table, out string[]? keys) || !keys.Contains(part))
            {
                bool isTable = table.Length == 0 && entry.Value is null;
                string? nearest = NearestWord.Find(part, keys ?? []);
                Fail(
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
            error ??= new ConfigurationError(file, draft.Line, $"an agent without '{missing}'", $"add {missing} = \"...\"");
            return null;
        }

        if (others.Any(other => other.Name == draft.Name))
        {
            error ??= new ConfigurationError(file, draft.Line, $"a second agent with the name '{draft.Name}'", "give it another name");
            return null;
        }

        return new ConfiguredAgent(draft.Name!, draft.Socket!, AgentRole.Fallback, draft.Line);
    }

    private string? TextFrom(TomlEntry entry)
    {
        if (entry.Value is StringValueSyntax { Value.Length: > 0 } text)
        {
            return text.Value;
        }

        Fail(entry, $"'{entry.Name[^1]}' must be a text", $"write {entry.Name[^1]} = \"...\"");
        return null;
    }

    private string? PathFrom(TomlEntry entry) => TextFrom(entry) is { } text ? Expand(entry, text) : null;

    private List<string>? PathsFrom(TomlEntry entry)
    {
        if (entry.Value is not ArraySyntax array || !array.Items.All(item => item.Value is StringValueSyntax { Value.Length: > 0 }))
        {
            Fail(entry, $"'{entry.Name[^1]}' must be a list of texts", $"write {entry.Name[^1]} = [\"...\"]");
            return null;
        }

        return [.. array.Items.Select(item => Expand(entry, ((StringValueSyntax)item.Value!).Value!) ?? "")];
    }

    /// <summary>The daemon's working directory is /, and it outlives every shell: a relative path and a variable have no meaning for it.</summary>
    private string? Expand(TomlEntry entry, string path)
    {
        if (path.StartsWith("~/", StringComparison.Ordinal) && around.Home is not null)
        {
            return around.Home + path[1..];
        }

        if (path.StartsWith('/'))
        {
            return path;
        }

        Fail(entry, $"'{path}' is not an absolute path", "begin it with / or ~/");
        return null;
    }

    private void Fail(TomlEntry entry, string message, string? hint) => error ??= new ConfigurationError(file, entry.Line, message, hint);

    private sealed class AgentDraft(int line)
    {
        public int Line { get; } = line;

        public string? Name { get; set; }

        public string? Socket { get; set; }
    }
}
