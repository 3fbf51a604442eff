namespace Fairlead.Live;

/// <summary>What a terminal is told to show the live view: xterm's control sequences, which every terminal of today knows.</summary>
internal static class WatchScreen
{
    /// <summary>The other screen, no cursor on it, and no line that continues in the next one.</summary>
    public const string Enter = "\e[?1049h\e[?25l\e[?7l";

    public const string Leave = "\e[?7h\e[?25h\e[?1049l";

    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    /// <summary>
    /// Replaces what is shown. Each row is cleared before it is written: behind a row as wide as the terminal the cursor stands on the last character, and
    /// clearing there would erase that.
    /// </summary>
    /// <param name="lines">No more, and no wider, than the terminal shows.</param>
    public static string Of(IReadOnlyList<string> lines) =>
        Home + string.Join("\r\n", lines.Select((line, row) => (row < lines.Count - 1 ? ClearLine : ClearBelow) + line));
}
