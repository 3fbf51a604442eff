namespace Fairlead.Settings;

/// <summary>Reads the <c>[[agent]]</c> tables.</summary>
internal sealed class AgentReader(TomlValues values)
{
    public const string Table = "agent";

    private static readonly DraftKey<Draft>[] Known =
    [
        new("agent.name", "Its name in 'fairlead status' and in rules.", "\"keychain\"", (values, entry, draft) => draft with { Name = values.Text(entry) }),
        new("agent.socket", "Where it listens.", "\"/run/user/1000/keychain\"", (values, entry, draft) => draft with { Socket = values.Path(entry) }),
        new(
            "agent.role",
            "\"fallback\": it answers when no login's agent does. \"always\": its keys are in every list as well, except for hosts reached with 'ssh -A'.",
            "\"fallback\"",
            (values, entry, draft) => draft with { Role = values.Word(entry, "fallback", "always") == "always" ? AgentRole.Always : AgentRole.Fallback }),
    ];

    private readonly DraftList<Draft> drafts = new(values, Table, Known, line => new Draft(line));

    public static IEnumerable<string> Keys => Known.Select(known => known.Key);

    /// <summary>Each of them, with what it does.</summary>
    public static IEnumerable<ListedKey> Listed => Known.Select(known => known.Listed);

    /// <summary>Some have, so that not every name is known.</summary>
    public bool HaveMistakes => drafts.HaveMistakes;

    public void Take(TomlEntry entry) => drafts.Take(entry);

    /// <inheritdoc cref="DraftList{TDraft}.Spoil"/>
    public void Spoil(TomlEntry entry) => drafts.Spoil(entry);

    public IReadOnlyList<ConfiguredAgent> Finish()
    {
        var finished = new List<ConfiguredAgent>();
        foreach (Draft draft in drafts.Sound)
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
