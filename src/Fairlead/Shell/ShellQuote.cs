namespace Fairlead.Shell;

/// <summary>Makes any string one literal word of a shell.</summary>
internal static class ShellQuote
{
    /// <summary>bash, zsh, dash, ksh: nothing is special between single quotes but the quote itself.</summary>
    public static string Posix(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>fish: between single quotes a backslash takes back the meaning of a quote and of a backslash.</summary>
    public static string Fish(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
