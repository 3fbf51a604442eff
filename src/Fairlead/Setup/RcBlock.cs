using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>fairlead's part of an rc file: one or two lines between two marks, by which it is found again.</summary>
internal static class RcBlock
{
    public const string Begin = "# >>> fairlead >>>";
    public const string End = "# <<< fairlead <<<";

    public static bool IsIn(string text) => text.Contains(Begin, StringComparison.Ordinal);

    /// <param name="lines">Separated by line feeds.</param>
    public static bool Has(string text, string lines) => IsIn(text) && lines.Split('\n').All(line => LinesOf(text).Any(existing => Bare(existing) == line));

    /// <summary>Whether it puts the program's folder into the PATH.</summary>
    public static bool AddsToPath(string text) => LinesOf(text).Any(line => IsPathLine(Bare(line)));

    /// <summary>Whether the line between the marks has <see cref="ShellKind.RefreshOption"/>.</summary>
    public static bool Refreshes(string text) =>
        LinesOf(text).SkipWhile(line => Bare(line) != Begin).TakeWhile(line => Bare(line) != End).Any(line => line.Contains(ShellKind.RefreshOption, StringComparison.Ordinal));

    /// <summary>
    /// First in the file: Debian's .bashrc returns early in shells that are not interactive, and a job that one of them leaves behind needs the line as
    /// well. What comes later in the file may still choose an agent of its own.
    /// </summary>
    /// <param name="lines">Separated by line feeds. Each has the word fairlead.</param>
    public static string AddFirst(string text, string lines) => $"{Begin}\n{lines}\n{End}\n{Remove(text)}";

    /// <summary>At the end, where other statements must come first. A file whose last line does not end has one that does not end after it, too.</summary>
    public static string AddLast(string text, string lines)
    {
        string rest = Remove(text);
        return rest.Length == 0 || rest.EndsWith('\n') ? $"{rest}{Begin}\n{lines}\n{End}\n" : $"{rest}\n{Begin}\n{lines}\n{End}";
    }

    /// <summary>
    /// Removes the marks and fairlead's lines between them, and nothing else: a person may have written inside the marks or removed one. An editor may have
    /// ended the lines in its own way.
    /// </summary>
    public static string Remove(string text)
    {
        bool isInside = false;
        bool isBehindLine = false;
        var rest = new List<string>();
        string last = "";
        foreach (string line in LinesOf(text))
        {
            last = Bare(line);
            bool isMark = last is Begin or End;
            bool isOurs = isInside && last.Contains("fairlead", StringComparison.Ordinal);
            if (!isMark && !isOurs && !(isBehindLine && IsPathLine(last)))
            {
                rest.Add(line);
                continue;
            }

            isInside = last == Begin;
            isBehindLine = isOurs;
        }

        // See AddLast.
        string left = string.Concat(rest);
        return last == End && !text.EndsWith('\n') && left.EndsWith('\n') ? left[..^1] : left;
    }

    private static bool IsPathLine(string line) => line.EndsWith(ShellKind.PathReason, StringComparison.Ordinal);

    /// <summary>Each with what ends it.</summary>
    private static IEnumerable<string> LinesOf(string text)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            yield return text[start..next];
            start = next;
        }
    }

    private static string Bare(string line) => line.TrimEnd('\n').TrimEnd('\r');
}
