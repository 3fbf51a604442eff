using System.Text;

namespace Fairlead.Shell;

/// <summary>Makes any string one literal word of a shell.</summary>
internal static class ShellQuote
{
    /// <summary>bash, zsh, dash, ksh: nothing is special between single quotes but the quote itself.</summary>
    public static string Posix(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>fish: between single quotes a backslash takes back the meaning of a quote and of a backslash.</summary>
    public static string Fish(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    /// <summary>
    /// tcsh: history is looked for between quotes, too, and what a backslash means there depends on <c>backslash_quote</c>. So all that is special
    /// stands outside of them; but for a line feed, which outside ends the word.
    /// </summary>
    public static string Tcsh(string text)
    {
        string quoted = Escape(text, c => c switch
        {
            '\'' or '\\' or '!' => $@"'\{c}'",
            '\n' => "\\\n",
            _ => null,
        });
        return $"'{quoted}'";
    }

    /// <summary>Nushell: only double quotes can hold everything. The escapes are JSON's, but for <c>\u{...}</c>, which is not needed here.</summary>
    public static string Nu(string text) => $"\"{Escape(text, c => c is '"' or '\\' ? $@"\{c}" : null)}\"";

    /// <summary>Elvish: a quote between single quotes is written twice.</summary>
    public static string Elvish(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>xonsh: a string of Python, which ends with its line.</summary>
    public static string Xonsh(string text)
    {
        string quoted = Escape(text, c => c switch
        {
            '\'' or '\\' => $@"\{c}",
            '\n' => @"\n",
            '\r' => @"\r",
            _ => null,
        });
        return $"'{quoted}'";
    }

    /// <summary>PowerShell: as Elvish; the typographic quotes are quotes, too (about_Quoting_Rules).</summary>
    public static string PowerShell(string text) =>
        $"'{Escape(text, c => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{c}{c}" : null)}'";

    /// <param name="replace">What stands for a character; null for itself.</param>
    private static string Escape(string text, Func<char, string?> replace)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(replace(c) ?? c.ToString());
        }

        return escaped.ToString();
    }
}
