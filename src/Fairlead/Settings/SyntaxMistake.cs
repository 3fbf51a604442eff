namespace Fairlead.Settings;

/// <summary>Says in plain words what the parser of TOML (Tomlyn) means, and what to write instead.</summary>
internal static class SyntaxMistake
{
    /// <param name="message">The parser's own words.</param>
    /// <param name="line">The line that it stopped in.</param>
    public static (string Message, string Hint) Explain(string message, string line)
    {
        string key = line.Split('=')[0].Trim();
        string value = line.Contains('=') ? line[(line.IndexOf('=') + 1)..].Trim() : "";
        return message switch
        {
            _ when Has("already defined") => ("this is set a second time", "keep one of the two, and write each table once"),
            _ when Has("for a value") && value.Length == 0 => ($"'{key}' has no value", $"write {key} = \"...\""),
            _ when Has("for a value") && IsFlag(value) => ($"'{value}' is not a value", "write true or false"),
            _ when Has("for a value") || (Has("token `newline`") && value.Length > 0 && char.IsAsciiDigit(value[0])) => NoQuotes(key, value),
            _ when Has("token `newline`") => ("there is more after the value", "write one value on a line; a comment begins with #"),
            _ when Has("string literal") || Has("newline in a string") => ("a string has no closing quote", "end it with the quote that it begins with"),
            _ when Has("escape") => ("a backslash begins an escape", @"write it twice, as ""C:\\x"", or put the string in single quotes"),
            _ when Has("expecting `=`") => ("a key without '='", "write key = \"value\""),
            _ when Has("inline table") => ("a brace is not closed", "write when = { ... } with everything between the braces in one line"),
            _ when Has("closing `]`") => ("a list is not closed", "end it with ]"),
            _ when Has("separate items") => ("two values of a list have no comma between them", "write [\"...\", \"...\"]"),
            _ when Has("closebracket") || Has("base key") => ("the brackets around a table's name do not match", "write [name] or [[name]], alone in its line"),
            _ => ("this is neither a table, nor a key and its value", "write [table], or key = \"value\"; a comment begins with #"),
        };

        bool Has(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsFlag(string value) => value.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "TRUE" or "FALSE";

    private static (string Message, string Hint) NoQuotes(string key, string value) =>
        ("a string needs quotes", $"write {key} = \"{value.Split('#')[0].Trim(' ', '"', '\'', '“', '”')}\"");
}
