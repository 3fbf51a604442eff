namespace Fairlead.Settings;

/// <summary>What a file may hold: the tables follow from the keys in them.</summary>
internal sealed class KnownKeys
{
    /// <summary>The names in each table, by its own name; the file itself is "".</summary>
    private readonly Dictionary<string, List<string>> tables = [];

    /// <param name="keys">With their tables in front: <c>rule.when.from</c>.</param>
    public KnownKeys(IEnumerable<string> keys)
    {
        foreach (string key in keys)
        {
            string table = "";
            foreach (string part in key.Split('.'))
            {
                List<string> names = tables.TryGetValue(table, out List<string>? known) ? known : tables[table] = [];
                if (!names.Contains(part))
                {
                    names.Add(part);
                }

                table = Join(table, part);
            }
        }
    }

    /// <summary>Every key and every table, with the tables in front.</summary>
    public IEnumerable<string> All => tables.SelectMany(table => table.Value.Select(name => Join(table.Key, name)));

    /// <summary>Whether the name of an entry is known; where it is not, the values remember that as a mistake.</summary>
    public bool Holds(TomlEntry entry, TomlValues values)
    {
        string table = "";
        foreach (string part in entry.Name)
        {
            List<string>? names = tables.GetValueOrDefault(table);
            if (names?.Contains(part) != true)
            {
                bool isTable = table.Length == 0 && entry.Value is null;
                string? nearest = NearestWord.Find(part, names ?? []);
                values.Fail(
                    entry,
                    $"unknown {(isTable ? "table" : "key")} '{part}'{(table.Length > 0 ? $" in [{table}]" : "")}",
                    nearest is not null ? $"did you mean '{nearest}'?" : names is not null ? $"known here: {string.Join(", ", names)}" : null);
                return false;
            }

            table = Join(table, part);
        }

        return true;
    }

    private static string Join(string table, string name) => table.Length > 0 ? $"{table}.{name}" : name;
}
