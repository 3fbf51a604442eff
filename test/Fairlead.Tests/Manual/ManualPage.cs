using System.CommandLine;

namespace Fairlead.Tests.Manual;

/// <summary>
/// A page of packaging/man. What stands between the marks is the command tree's; all around it is written by hand, and stays when the page
/// is written anew.
/// </summary>
internal static class ManualPage
{
    /// <summary>A page for a command that has none yet, for somebody to add prose to.</summary>
    private const string Blank = """
        .Dd November 22, 2026
        .Dt TITLE 1
        .Os fairlead
        MARK head
        END
        .Sh DESCRIPTION
        MARK grammar
        END
        .Sh EXIT STATUS
        See
        .Xr fairlead 1 .
        MARK examples
        END
        .Sh SEE ALSO
        .Xr fairlead 1

        """;

    private const string Mark = @".\"" made from the command tree:";
    private const string Paragraph = ".Pp\n";
    private const string End = @".\"" end";

    public static string For(Command command, string? old)
    {
        string text = old ?? Blank
            .Replace("MARK", Mark, StringComparison.Ordinal)
            .Replace("END", End, StringComparison.Ordinal)
            .Replace("TITLE", Mdoc.Title(command).ToUpperInvariant(), StringComparison.Ordinal);
        text = Fill(text, "head", Mdoc.Head(command));
        text = Fill(text, "grammar", Mdoc.Grammar(command));
        return Fill(text, "examples", Mdoc.Examples(command));
    }

    private static string Fill(string page, string part, string text)
    {
        string begin = $"{Mark} {part}\n";
        int from = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"the page has no mark '{begin.TrimEnd()}'");
        text = page[..from].EndsWith(".Sh DESCRIPTION\n", StringComparison.Ordinal) && text.StartsWith(Paragraph, StringComparison.Ordinal)
            ? text[Paragraph.Length..]
            : text;
        from += begin.Length;
        return page[..from] + text + page[page.IndexOf(End, from, StringComparison.Ordinal)..];
    }
}
