using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>Reads the <c>[[rule]]</c> tables.</summary>
internal sealed class RuleReader(TomlValues values)
{
    private readonly List<RuleDraft> drafts = [];

    /// <summary>[rule.when] after a [[rule]] belongs to that one (TOML 1.0, array of tables).</summary>
    public void Take(TomlEntry entry)
    {
        bool isSubtable = entry.Element < 0 && entry.Name.Length > 1 && entry.Name[1] == "when" && drafts.Count > 0;
        if (entry is { Name: ["rule"], Value: null, Element: >= 0 })
        {
            drafts.Add(new RuleDraft(entry.Line));
        }
        else if (entry.Element < 0 && !isSubtable)
        {
            values.Fail(entry, "'rule' is a list of tables", "write [[rule]]");
        }
        else
        {
            RuleDraft draft = isSubtable ? drafts[^1] : drafts[entry.Element];
            switch (entry.Name)
            {
                case ["rule", "use"]:
                    draft.Use = values.Text(entry);
                    break;
                case ["rule", "when"] when entry.Value is not null:
                    values.Fail(entry, "'when' is a table", "write when = { from = \"...\" }");
                    break;
                case ["rule", "when", var key]:
                    draft.When = With(draft.When, key, entry);
                    break;
            }
        }
    }

    private RuleConditions With(RuleConditions when, string key, TomlEntry entry) => key switch
    {
        "from" => when with { From = Address(entry) },
        "login" => when with { Login = values.Text(entry) },
        "session" => when with { Session = values.Text(entry) },
        "cwd" => when with { Folder = values.Path(entry) is { Length: > 1 } path ? path.TrimEnd('/') : "/" },
        "executable" => when with { Executable = values.Text(entry) },
        _ => when with { Background = values.Flag(entry) },
    };

    private string? Address(TomlEntry entry)
    {
        string? text = values.Text(entry);
        string? address = text is null ? null : ClientAddress.Parse(text);
        if (text is not null && address is null)
        {
            values.Fail(entry, ClientAddress.Refuse(text), ClientAddress.Hint);
        }

        return address;
    }

    /// <param name="agents">Those that a rule can name.</param>
    public IReadOnlyList<RoutingRule> Finish(IReadOnlyList<ConfiguredAgent> agents) =>
        [.. drafts.Select(draft => draft.Finish(values, agents)).OfType<RoutingRule>()];
}
