using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>Reads the <c>[[rule]]</c> tables.</summary>
internal sealed class RuleReader(TomlValues values)
{
    public const string Table = "rule";

    private static readonly DraftKey<RuleDraft>[] Known =
    [
        Condition("from", (values, entry, when) => when with { From = values.Address(entry) }),
        Condition("login", (values, entry, when) => when with { Login = values.Text(entry) }),
        Condition("session", (values, entry, when) => when with { Session = values.Text(entry) }),
        Condition("cwd", (values, entry, when) => when with { Folder = values.Path(entry) is { Length: > 1 } path ? path.TrimEnd('/') : "/" }),
        Condition("executable", (values, entry, when) => when with { Executable = values.Text(entry) }),
        Condition("background", (values, entry, when) => when with { Background = values.Flag(entry) }),
        new("rule.use", (values, entry, draft) => draft with { Use = values.Text(entry) }),
    ];

    private readonly List<RuleDraft> drafts = [];

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>[rule.when] after a [[rule]] belongs to that one (TOML 1.0, array of tables).</summary>
    public void Take(TomlEntry entry)
    {
        bool isSubtable = entry.Element < 0 && entry.Name.Length > 1 && entry.Name[1] == "when" && drafts.Count > 0;
        if (entry is { Name: [Table], Value: null, Element: >= 0 })
        {
            drafts.Add(new RuleDraft(entry.Line));
        }
        else if (entry.Element < 0 && !isSubtable)
        {
            values.Fail(entry, "'rule' is a list of tables", "write [[rule]]");
        }
        else if (Known.FirstOrDefault(known => known.Key == entry.Key) is { } key)
        {
            int number = isSubtable ? drafts.Count - 1 : entry.Element;
            drafts[number] = key.Take(values, entry, drafts[number]);
        }
        else if (entry.Value is not null)
        {
            values.Fail(entry, "'when' is a table", "write when = { from = \"...\" }");
        }
    }

    /// <param name="agents">Those that a rule can name.</param>
    public IReadOnlyList<RoutingRule> Finish(IReadOnlyList<ConfiguredAgent> agents) =>
        [.. drafts.Select(draft => draft.Finish(values, agents)).OfType<RoutingRule>()];

    private static DraftKey<RuleDraft> Condition(string name, Func<TomlValues, TomlEntry, RuleConditions, RuleConditions> take) =>
        new($"rule.when.{name}", (values, entry, draft) => draft with { When = take(values, entry, draft.When) });
}
