using System.Net;
using Fairlead.Core.Options;
using Fairlead.Core.Policy;
using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>Reads the <c>[[rule]]</c> tables.</summary>
internal sealed class RuleReader(TomlValues values)
{
    public const string Table = "rule";

    private static readonly DraftKey<RuleDraft>[] ForAll =
    [
        Condition("from", "The address of the laptop that you are at.", "\"203.0.113.7\"", (values, entry, when) => when with { From = values.Address(entry) }),
        Condition("login", "The user name of that login.", "\"deploy\"", (values, entry, when) => when with { Login = values.Text(entry) }),
        Condition("session", "The session of tmux or screen that asks.", "\"deploy\"", (values, entry, when) => when with { Session = values.Text(entry) }),
        Condition("cwd", "The folder that the program works in, or one above it.", "\"~/work\"", (values, entry, when) => when with { Folder = values.Path(entry) is { Length: > 1 } path ? path.TrimEnd('/') : "/" }),
        Condition("executable", "The program that connects, which is ssh or ssh-keygen when git runs them: its name, or its path.", "\"ssh-add\"", (values, entry, when) => when with { Executable = values.Text(entry) }),
        Condition("under", "That program, and all that it started.", "\"claude\"", (values, entry, when) => when with { Under = values.Program(entry) }),
        Condition("variable", "A variable that the program was started with: its name, or \"NAME=VALUE\".", "\"CLAUDECODE=1\"", (values, entry, when) => when with { Variable = Variable(values, entry) }),
        Condition("background", "true for programs without a terminal, a multiplexer and a login (cron, systemd); false for all others.", "true", (values, entry, when) => when with { Background = values.Flag(entry) }),
        Condition("forwarded", "true for hosts that you reached with 'ssh -A'; false for programs here.", "true", (values, entry, when) => when with { Forwarded = values.Flag(entry) }),
        Condition("host", "The server that ssh logs in to: its name in known_hosts, or the fingerprint of its host key.", "\"github.com\"", (values, entry, when) => when with { Host = Host(values, entry) }),
        new("rule.keys", "The only keys that are shown, and that may sign.", "[\"SHA256:...\"]", (values, entry, draft) => draft with { Keys = values.Fingerprints(entry) }),
        new("rule.ask", "Whether you are asked before it signs: true, false, or how long a yes holds.", "\"30m\"", (values, entry, draft) => draft with { Ask = Ask(values, entry) }),
        new("rule.use", "Who answers: an agent's name, \"from:ADDRESS\" (the logins from there), or \"none\".", "\"keychain\"", (values, entry, draft) => draft with { Use = values.Text(entry) }),
    ];

    private static readonly DraftKey<RuleDraft>[] ForSignatures =
    [
        Condition("user", "The user name on that server. Known only when something is to be signed.", "\"git\"", (values, entry, when) => when with { User = User(values, entry) }),
        Condition("sign", "What else is to be signed: \"git\" for commits and tags, \"file\", or another namespace of ssh-keygen -Y sign.", "\"git\"", (values, entry, when) => when with { Sign = values.Text(entry) }),
        Condition("key", "The key for the signature.", "\"SHA256:...\"", (values, entry, when) => when with { Key = values.Fingerprint(entry) }),
    ];

    private static readonly DraftKey<RuleDraft>[] Known = [.. ForAll, .. ForSignatures];

    private readonly DraftList<RuleDraft> drafts = new(values, Table, Known, line => new RuleDraft(line));

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>What a rule for any request may have.</summary>
    public static IEnumerable<ListedKey> Listed => ForAll.Select(known => known.Listed);

    /// <summary>What a rule may have besides that is only about signatures.</summary>
    public static IEnumerable<ListedKey> ListedForSignatures =>
        [.. ForSignatures.Select(known => known.Listed), new ListedKey($"{Table}.use", "Such a rule can only deny, or ask.", "\"none\"")];

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
    public IReadOnlyList<PolicyRule> Finish(IReadOnlyList<ConfiguredAgent> agents, bool mayNameOthers) =>
        [.. drafts.Sound.Select(draft => draft.Finish(values, agents, mayNameOthers)).OfType<PolicyRule>()];

    private static AskChoice? Ask(TomlValues values, TomlEntry entry)
    {
        switch (entry.Value)
        {
            case BooleanValueSyntax flag:
                return flag.Value ? AskChoice.EachTime : AskChoice.Never;
            case StringValueSyntax { Value: { } text } when DurationText.TryParse(text, out TimeSpan time):
                return new AskChoice(IsAsked: true, time);
            default:
                values.Fail(entry, "'ask' must be true, false or a time", "write ask = true, or ask = \"30m\"");
                return null;
        }
    }

    private static string? Variable(TomlValues values, TomlEntry entry)
    {
        string? text = values.Text(entry);
        if (text is not null && !TomlValues.IsVariable(text.Split('=', 2)[0]))
        {
            values.Fail(entry, $"'{text}' does not begin with the name of a variable", "write variable = \"CLAUDECODE=1\"");
        }

        return text;
    }

    /// <summary>ssh writes names of hosts in small letters.</summary>
    private static string? Host(TomlValues values, TomlEntry entry)
    {
        string? text = values.Text(entry);
        if (text is null || text.StartsWith("SHA256:", StringComparison.Ordinal))
        {
            return text?.TrimEnd('=');
        }

        bool hasPort = text.Contains(':', StringComparison.Ordinal) && !text.StartsWith('[') && !IPAddress.TryParse(text, out _);
        if (hasPort || text.Contains('@', StringComparison.Ordinal))
        {
            values.Fail(entry, $"'{text}' is not the name of a server", "write it as known_hosts has it: \"github.com\" or \"[web01]:2222\"; the user is a condition of its own");
        }

        return text.ToLowerInvariant();
    }

    private static string? User(TomlValues values, TomlEntry entry)
    {
        string? text = values.Text(entry);
        if (text?.Contains('@', StringComparison.Ordinal) == true)
        {
            values.Fail(entry, $"'{text}' names a server as well", "write user = \"git\", host = \"github.com\"");
        }

        return text;
    }

    private static DraftKey<RuleDraft> Condition(string name, string about, string example, Func<TomlValues, TomlEntry, RuleConditions, RuleConditions> take) =>
        new($"rule.when.{name}", about, example, (values, entry, draft) => draft with { When = take(values, entry, draft.When) });
}
