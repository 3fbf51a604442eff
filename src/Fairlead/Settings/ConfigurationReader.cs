using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Turns the entries of a file into a configuration, or into all mistakes that are in it.</summary>
internal sealed class ConfigurationReader
{
    private readonly TomlValues values;
    private readonly AgentReader agents;
    private readonly LaptopReader laptops;
    private readonly RuleReader rules;
    private readonly Dictionary<string, int> lines = [];

    /// <summary>A table in which nothing is looked at, because its own mistake is named already.</summary>
    private string? refused;

    private Configuration configuration;

    public ConfigurationReader(string file, Surroundings around)
    {
        values = new TomlValues(file, around);
        agents = new AgentReader(values);
        laptops = new LaptopReader(values);
        rules = new RuleReader(values);
        configuration = Configuration.Default(around) with { File = file, Lines = lines };
    }

    /// <param name="before">Mistakes in lines that the document is without.</param>
    public ConfigurationResult Read(DocumentSyntax document, IReadOnlyList<ConfigurationError> before)
    {
        foreach (TomlEntry entry in TomlEntries.Of(document).Where(entry => refused is null || !IsIn(entry, refused)))
        {
            refused = null;
            int known = values.Errors.Count;
            Take(entry);
            if (values.Errors.Count > known)
            {
                Spoil(entry);
            }
        }

        // What is missing may be in a line that has a mistake of its own.
        if (before.Count == 0)
        {
            IReadOnlyList<ConfiguredAgent> finished = agents.Finish();
            configuration = configuration with { Agents = finished, Laptops = laptops.Finish(), Rules = rules.Finish(finished, agents.HaveMistakes) };
        }

        ConfigurationError[] mistakes = [.. before.Concat(values.Errors).OrderBy(mistake => mistake.Line)];
        return mistakes.Length > 0 ? new ConfigurationResult(mistakes) : new ConfigurationResult(configuration);
    }

    private static bool IsIn(TomlEntry entry, string table) => entry.Key == table || entry.Key.StartsWith(table + ".", StringComparison.Ordinal);

    /// <summary>After a mistake, nothing that only follows from it is told as well.</summary>
    private void Spoil(TomlEntry entry)
    {
        agents.Spoil(entry);
        laptops.Spoil(entry);
        rules.Spoil(entry);
        refused = entry.Value is null ? entry.Key : null;
    }

    private void Take(TomlEntry entry)
    {
        if (!SettingsTable.Keys.Holds(entry, values))
        {
            return;
        }

        if (entry.IsListInside)
        {
            values.Fail(entry, $"'{entry.Key}' is not a list of tables", $"write {entry.Name[^1]} = ... below [[{entry.Name[0]}]] or [{entry.Name[0]}]");
        }
        else if (entry.Name[0] == AgentReader.Table)
        {
            agents.Take(entry);
        }
        else if (entry.Name[0] == LaptopReader.Table)
        {
            laptops.Take(entry);
        }
        else if (entry.Name[0] == RuleReader.Table)
        {
            rules.Take(entry);
        }
        else if (SettingsTable.Find(entry.Key) is { } setting)
        {
            configuration = setting.Take(values, entry, configuration);
            lines.TryAdd(entry.Key, entry.Line);
        }
        else if (entry.Value is not null || entry.Element >= 0)
        {
            values.Fail(entry, $"'{entry.Key}' is a table", $"write [{entry.Key}]");
        }
    }
}
