using Fairlead.Core.Control;
using Spectre.Console;

namespace Fairlead.Output.Overview;

/// <summary>One picture of <c>fairlead watch</c>: who is there above, the requests below, the latest first.</summary>
internal static class WatchView
{
    private const string Keys = "q quits";
    private const string Ellipsis = "\u2026";

    /// <summary>What the requests get at least: their title and three of two lines.</summary>
    private const int MinForRequests = 7;

    /// <param name="style">As wide as the screen.</param>
    /// <param name="rows">How high that is.</param>
    /// <param name="zone">Where the reader is.</param>
    /// <returns>Lines that fit.</returns>
    public static IReadOnlyList<string> Render(WatchState state, DateTimeOffset now, TimeZoneInfo zone, OutputStyle style, int rows)
    {
        string[] above = Lines(Above(state, now, style));
        int room = Math.Max(1, rows - MinForRequests);
        if (above.Length > room)
        {
            above = [.. above[..(room - 1)], Ellipsis];
        }

        string[] below = Lines(Below(state, zone, style));
        return [.. above.Concat(["", .. below]).Take(Math.Max(1, rows))];
    }

    private static Page Above(WatchState state, DateTimeOffset now, OutputStyle style)
    {
        var page = new Page(style);
        if (state.Status is not { } status)
        {
            page.Line(Spread(state.Failure?.Message ?? "the daemon has not answered yet", Keys, style.Width));
            return page.Plain(Fit($"this view continues as soon as it answers{(state.Failure?.Hint is { } hint ? $": {hint}" : "")}", style.Width));
        }

        string counts = $"{Plural.Of(status.Agents.Count, "agent")}, {Plural.Of(status.Logins.Count, "login")}, {Plural.Of(status.Conversations, "conversation")}";
        page.Line(Spread($"fairlead {status.DaemonVersion}: {counts}", Keys, style.Width));
        StatusTables.Add(page, status, now);
        return page;
    }

    private static Page Below(WatchState state, TimeZoneInfo zone, OutputStyle style)
    {
        var page = new Page(style);
        page.Line(state.Requests.Count == 0 ? "no requests yet" : "requests");
        foreach (EventReport report in state.Requests)
        {
            Add(page, report, zone, style.Width);
        }

        return page;
    }

    private static void Add(Page page, EventReport report, TimeZoneInfo zone, int width)
    {
        string time = EventLine.Time(report, zone);
        if (report.Event != EventReport.RequestKind)
        {
            page.Plain(Fit($"{time}  {EventWords.Missed(report)}", width));
            return;
        }

        Cell outcome = EventWords.ShownOutcome(report);
        string end = $"{outcome.Text}  {EventWords.Took(report)}".TrimEnd();
        string line = Spread($"{time}  {EventWords.Who(report)}: {EventWords.What(report)}", end, width);
        page.Ending(line[..^end.Length], outcome with { Text = end });
        if (EventWords.How(report) is { Length: > 0 } how)
        {
            page.Plain(Fit($"          {how}", width));
        }
    }

    private static string[] Lines(Page page) => page.ToString().TrimEnd('\n').Split('\n');

    /// <summary>One part at the left end, cut where it must be, and one at the right.</summary>
    private static string Spread(string left, string right, int width)
    {
        string kept = Fit(left, width - right.Length - 2);
        return kept + new string(' ', Math.Max(2, width - PlainText.Of(kept).GetCellWidth() - right.Length)) + right;
    }

    private static string Fit(string line, int width)
    {
        string text = PlainText.Of(line);
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 0 && (char.IsHighSurrogate(text[length - 1]) || text[..length].GetCellWidth() > width - 1))
        {
            length--;
        }

        return text[..length] + Ellipsis;
    }
}
