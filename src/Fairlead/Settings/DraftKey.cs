namespace Fairlead.Settings;

/// <summary>A key of the tables of a list: <c>name</c> in each <c>[[agent]]</c>.</summary>
/// <param name="Key">With its tables in front: <c>agent.name</c>.</param>
/// <param name="Take">The draft with the entry's value. After a mistake, which the values remember, nobody reads it.</param>
internal sealed record DraftKey<TDraft>(string Key, Func<TomlValues, TomlEntry, TDraft, TDraft> Take);
