namespace Fairlead.Settings;

/// <summary>Reads the <c>[[agent]]</c> tables.</summary>
internal sealed class AgentReader(TomlValues values)
{
    public const string Table = "agent";

    private static readonly DraftKey<Draft>[] Known =
    [
        new("agent.name", (values, entry, draft) => draft with { Name = values.Text(entry) }),
        new("agent.socket", (values, entry, draft) => draft with { Socket = values.Path(entry) }),
        new("agent.role", (values, entry, draft) => draft with { Role = values.Word(entry, "fallback", "always") == "always" ? AgentRole.Always : AgentRole.Fallback }),
    ];

    private readonly List<Draft> drafts = [];

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    public void Take(TomlEntry entry)
    {
        bool isTable = entry.Name.Length == 1;
        if (entry.Element < 0 || (isTable && entry.Value is not null))
        {
            values.Fail(entry, "'agent' is a list of tables", "write [[agent]]");
        }
        else if (isTable)
        {
            drafts.Add(new Draft(entry.Line));
        }
        else
        {
            drafts[entry.Element] = Known.First(known => known.Key == entry.Key).Take(values, entry, drafts[entry.Element]);
        }
    }

    public IReadOnlyList<ConfiguredAgent> Finish()
    {
        var finished = new List<ConfiguredAgent>();
        foreach (Draft draft in drafts)
        {
            if (Finish(draft, finished) is { } agent)
            {
                finished.Add(agent);
            }
        }

        return finished;
    }

    private ConfiguredAgent? Finish(Draft draft, List<ConfiguredAgent> others)
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

    private sealed record Draft(int Line)
    {
        public string? Name { get; init; }

        public string? Socket { get; init; }

        public AgentRole Role { get; init; }
    }
}
