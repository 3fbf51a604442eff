namespace Fairlead.Settings;

/// <summary>The tables of a list while their keys are read: a draft for each <c>[[agent]]</c>.</summary>
/// <param name="table">The list's name.</param>
/// <param name="known">The keys that a table may have.</param>
/// <param name="begin">An empty draft, from the line at which its table begins.</param>
internal sealed class DraftList<TDraft>(TomlValues values, string table, DraftKey<TDraft>[] known, Func<int, TDraft> begin)
{
    private readonly List<TDraft> drafts = [];
    private readonly HashSet<int> spoiled = [];

    public int Count => drafts.Count;

    /// <summary>Those without a mistake.</summary>
    public IEnumerable<TDraft> Sound => drafts.Where((_, number) => !spoiled.Contains(number));

    public bool HaveMistakes => spoiled.Count > 0;

    /// <summary>An entry of a list whose tables have no tables inside.</summary>
    public void Take(TomlEntry entry)
    {
        bool isTable = entry.Name.Length == 1;
        if (entry.Element < 0 || (isTable && entry.Value is not null))
        {
            values.Fail(entry, $"'{table}' is a list of tables", $"write [[{table}]]");
        }
        else if (isTable)
        {
            Begin(entry);
        }
        else
        {
            Take(entry, entry.Element, known.First(known => known.Key == entry.Key));
        }
    }

    public void Begin(TomlEntry entry) => drafts.Add(begin(entry.Line));

    /// <param name="number">Which draft it belongs to.</param>
    public void Take(TomlEntry entry, int number, DraftKey<TDraft> key) => drafts[number] = key.Take(values, entry, drafts[number]);

    /// <summary>Remembers that the draft of an entry has a mistake.</summary>
    public void Spoil(TomlEntry entry)
    {
        int number = entry.Element >= 0 ? entry.Element : drafts.Count - 1;
        if (entry.Name[0] == table && number >= 0 && number < drafts.Count)
        {
            spoiled.Add(number);
        }
    }
}
