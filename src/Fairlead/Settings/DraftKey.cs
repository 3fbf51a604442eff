namespace Fairlead.Settings;

/// <summary>A key of the tables of a list: <c>name</c> in each <c>[[agent]]</c>.</summary>
/// <param name="Key">With its tables in front: <c>agent.name</c>.</param>
/// <param name="About">What it does, as <c>fairlead config example</c> says it.</param>
/// <param name="Example">A value, as it stands in a file.</param>
/// <param name="Take">The draft with the entry's value. After a mistake, which the values remember, nobody reads it.</param>
internal sealed record DraftKey<TDraft>(string Key, string About, string Example, Func<TomlValues, TomlEntry, TDraft, TDraft> Take)
{
    public ListedKey Listed => new(Key, About, Example);
}

/// <summary>A <see cref="DraftKey{TDraft}"/> for whoever only shows it.</summary>
internal readonly record struct ListedKey(string Key, string About, string Example);
