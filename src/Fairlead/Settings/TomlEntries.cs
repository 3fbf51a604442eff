using Tomlyn.Syntax;

namespace Fairlead.Settings;

/// <summary>
/// Reads a TOML document as a flat list. TOML has four ways to write one thing ([a] b = 1, a.b = 1, a = { b = 1 }, "a".b = 1); who reads
/// the list sees one.
/// </summary>
internal static class TomlEntries
{
    public static IEnumerable<TomlEntry> Of(DocumentSyntax document)
    {
        foreach (KeyValueSyntax pair in document.KeyValues)
        {
            foreach (TomlEntry entry in Of(pair, [], -1))
            {
                yield return entry;
            }
        }

        var elements = new Dictionary<string, int>();
        foreach (TableSyntaxBase table in document.Tables)
        {
            string[] name = NameOf(table.Name);
            int element = -1;
            bool isListInside = table is TableArraySyntax && name.Length > 1;
            if (table is TableArraySyntax && !isListInside)
            {
                element = elements.GetValueOrDefault(name[0], -1) + 1;
                elements[name[0]] = element;
            }

            yield return new TomlEntry(name, element, null, LineOf(table)) { IsListInside = isListInside };
            foreach (KeyValueSyntax pair in table.Items)
            {
                foreach (TomlEntry entry in Of(pair, name, element))
                {
                    yield return entry;
                }
            }
        }
    }

    private static IEnumerable<TomlEntry> Of(KeyValueSyntax pair, string[] prefix, int element)
    {
        string[] name = [.. prefix, .. NameOf(pair.Key)];
        return pair.Value switch
        {
            InlineTableSyntax table => InlineTable(table, name, element, LineOf(pair)),
            ArraySyntax array when name.Length == 1 && IsOfTables(array) => InlineTables(array, name, LineOf(pair)),
            var value => [new TomlEntry(name, element, value, LineOf(pair))],
        };
    }

    private static IEnumerable<TomlEntry> InlineTable(InlineTableSyntax table, string[] name, int element, int line)
    {
        yield return new TomlEntry(name, element, null, line);
        foreach (InlineTableItemSyntax item in table.Items)
        {
            if (item.KeyValue is { } pair)
            {
                foreach (TomlEntry entry in Of(pair, name, element))
                {
                    yield return entry;
                }
            }
        }
    }

    private static IEnumerable<TomlEntry> InlineTables(ArraySyntax array, string[] name, int line)
    {
        int element = 0;
        foreach (ArrayItemSyntax item in array.Items)
        {
            foreach (TomlEntry entry in InlineTable((InlineTableSyntax)item.Value!, name, element, line))
            {
                yield return entry;
            }

            element++;
        }
    }

    private static bool IsOfTables(ArraySyntax array) =>
        array.Items.ChildrenCount > 0 && array.Items.All(item => item.Value is InlineTableSyntax);

    private static string[] NameOf(KeySyntax? key)
    {
        if (key is null)
        {
            return [""];
        }

        var names = new List<string> { Text(key.Key) };
        foreach (DottedKeyItemSyntax part in key.DotKeys)
        {
            names.Add(Text(part.Key));
        }

        return [.. names];
    }

    private static string Text(BareKeyOrStringValueSyntax? key) => key switch
    {
        BareKeySyntax bare => bare.Key?.Text ?? "",
        StringValueSyntax quoted => quoted.Value ?? "",
        _ => "",
    };

    private static int LineOf(SyntaxNode node) => node.Span.Start.Line + 1;
}
