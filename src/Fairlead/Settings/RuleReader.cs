using Fairlead.Core.Policy;

namespace Fairlead.Settings;

/// <summary>Reads the <c>[[rule]]</c> tables.</summary>
internal sealed class RuleReader(TomlValues values)
{
    public const string Table = "rule";

    private static readonly DraftKey<RuleDraft>[] Known =
    [
        Condition("from", "The address of the laptop that you are at.", "\"203.0.113.7\"", (values, entry, when) => when with { From = values.Address(entry) }),
        Condition("login", "The user name of that login.", "\"deploy\"", (values, entry, when) => when with { Login = values.Text(entry) }),
        Condition("session", "The session of tmux or screen that asks.", "\"deploy\"", (values, entry, when) => when with { Session = values.Text(entry) }),
        Condition("cwd", "The folder that the program works in, or one above it.", "\"~/work\"", (values, entry, when) => when with { Folder = values.Path(entry) is { Length: > 1 } path ? path.TrimEnd('/') : "/" }),
        Condition("executable", "The program that asks: its name, or its path.", "\"git\"", (values, entry, when) => when with { Executable = values.Text(entry) }),
        Condition("background", "true for programs without a terminal, a multiplexer and a login (cron, systemd); false for all others.", "true", (values, entry, when) => when with { Background = values.Flag(entry) }),
        new("rule.use", "Who answers: an agent's name, \"from:ADDRESS\" (the logins from there), or \"none\".", "\"keychain\"", (values, entry, draft) => draft with { Use = values.Text(entry) }),
    ];

    private readonly DraftList<RuleDraft> drafts = new(values, Table, Known, line => new RuleDraft(line));

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>Each of them, with what it does.</summary>
    public static IEnumerable<ListedKey> Listed => Known.Select(known => known.Listed);

    /// <summary>[rule.when] after a [[rule]] belongs to that one (TOML 1.0, array of tables).</summary>
    public void Take(TomlEntry entry)
    {
        bool isSubtable = entry.Element < 0 && entry.Name.Length > 1 && entry.Name[1] == "when" && drafts.Count > 0;
        if (entry is { Name: [Table], Value: null, Element: >= 0 })
        {
            drafts.Begin(entry);
        }
        else if (entry.Element < 0 && !isSubtable)
        {
            values.Fail(entry, "'rule' is a list of tables", "write [[rule]]");
        }
        else if (Known.FirstOrDefault(known => known.Key == entry.Key) is { } key)
        {
            drafts.Take(entry, isSubtable ? drafts.Count - 1 : entry.Element, key);
        }
        else if (entry.Value is not null)
        {
            values.Fail(entry, "'when' is a table", "write when = { from = \"...\" }");
        }
    }

    /// <inheritdoc cref="DraftList{TDraft}.Spoil"/>
    public void Spoil(TomlEntry entry) => drafts.Spoil(entry);

    /// <param name="agents">Those that a rule can name.</param>
    /// <param name="mayNameOthers">There are agents whose names are not known, because something is wrong with them.</param>
    public IReadOnlyList<RoutingRule> Finish(IReadOnlyList<ConfiguredAgent> agents, bool mayNameOthers) =>
        [.. drafts.Sound.Select(draft => draft.Finish(values, agents, mayNameOthers)).OfType<RoutingRule>()];

    private static DraftKey<RuleDraft> Condition(string name, string about, string example, Func<TomlValues, TomlEntry, RuleConditions, RuleConditions> take) =>
        new($"rule.when.{name}", about, example, (values, entry, draft) => draft with { When = take(values, entry, draft.When) });
}
