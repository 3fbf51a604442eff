using Fairlead.Core.Policy;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Turns the entries of a file into a configuration. The first mistake ends it: a person mends one line at a time.</summary>
internal sealed class ConfigurationReader
{
    private readonly TomlValues values;
    private readonly AgentReader agents;
    private readonly RuleReader rules;
    private readonly Dictionary<string, int> lines = [];
    private Configuration configuration;

    public ConfigurationReader(string file, Surroundings around)
    {
        values = new TomlValues(file, around);
        agents = new AgentReader(values);
        rules = new RuleReader(values);
        configuration = Configuration.Default(around) with { File = file, Lines = lines };
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

        IReadOnlyList<ConfiguredAgent> finished = agents.Finish();
        IReadOnlyList<RoutingRule> finishedRules = rules.Finish(finished);
        return values.Error is { } mistake
            ? new ConfigurationResult(null, mistake)
            : new ConfigurationResult(configuration with { Agents = finished, Rules = finishedRules }, null);
    }

    private void Take(TomlEntry entry)
    {
        if (!SettingsTable.Keys.Holds(entry, values))
        {
            return;
        }

        if (entry.IsListInside)
        {
            values.Fail(entry, $"'{entry.Key}' is no list of tables", $"write {entry.Name[^1]} = ... below [[{entry.Name[0]}]] or [{entry.Name[0]}]");
        }
        else if (entry.Name[0] == AgentReader.Table)
        {
            agents.Take(entry);
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
