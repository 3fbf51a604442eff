using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>fairlead's part of an rc file: a line between two marks, by which it is found again.</summary>
internal static class RcBlock
{
    public const string Begin = "# >>> fairlead >>>";
    public const string End = "# <<< fairlead <<<";

    public static bool IsIn(string text) => text.Contains(Begin, StringComparison.Ordinal);

    public static bool HasLine(string text, string line) => IsIn(text) && LinesOf(text).Any(existing => Bare(existing) == line);

    /// <summary>Whether the line between the marks has <see cref="ShellKind.RefreshOption"/>.</summary>
    public static bool Refreshes(string text) =>
        LinesOf(text).SkipWhile(line => Bare(line) != Begin).TakeWhile(line => Bare(line) != End).Any(line => line.Contains(ShellKind.RefreshOption, StringComparison.Ordinal));

    /// <summary>
    /// First in the file: Debian's .bashrc returns early in shells that are not interactive, and a job that one of them leaves behind needs the line as
    /// well. What comes later in the file may still choose an agent of its own.
    /// </summary>
    public static string AddFirst(string text, string line) => $"{Begin}\n{line}\n{End}\n{Remove(text)}";

    /// <summary>At the end, where other statements must come first. A file whose last line does not end has one that does not end after it, too.</summary>
    public static string AddLast(string text, string line)
    {
        string rest = Remove(text);
        return rest.Length == 0 || rest.EndsWith('\n') ? $"{rest}{Begin}\n{line}\n{End}\n" : $"{rest}\n{Begin}\n{line}\n{End}";
    }

    /// <summary>
    /// Takes out the marks and the line between them, and nothing else: a person may have written inside the marks or removed one. An editor may have
    /// ended the lines in its own way.
    /// </summary>
    public static string Remove(string text)
    {
        bool isInside = false;
        var rest = new List<string>();
        string last = "";
        foreach (string line in LinesOf(text))
        {
            last = Bare(line);
            bool isMark = last is Begin or End;
            if (!isMark && !(isInside && last.Contains("fairlead", StringComparison.Ordinal)))
            {
                rest.Add(line);
                continue;
            }

            isInside = last == Begin;
        }

        // See AddLast.
        string left = string.Concat(rest);
        return last == End && !text.EndsWith('\n') && left.EndsWith('\n') ? left[..^1] : left;
    }

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
