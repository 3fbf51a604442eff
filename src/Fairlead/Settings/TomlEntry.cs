using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>One value of a TOML file under its full name, however the name was split into tables and dots.</summary>
/// <param name="Element">Counts the [[tables]] of its first word; -1 outside of them.</param>
/// <param name="Value">Null for a table that was only opened: its name must be known, too.</param>
internal sealed record TomlEntry(string[] Name, int Element, ValueSyntax? Value, int Line)
{
    /// <summary>The name in one word: <c>patience.answer</c>.</summary>
    public string Key => string.Join('.', Name);

    /// <summary>It opens a list of tables inside of another table, [[a.b]], which no key is.</summary>
    public bool IsListInside { get; init; }
}
