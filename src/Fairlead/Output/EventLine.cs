using System.Globalization;
using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>An event as one line, for a pipe.</summary>
internal static class EventLine
{
    /// <param name="zone">Where the reader is.</param>
    public static string Of(EventReport report, TimeZoneInfo zone) => $"{Time(report, zone)} {Sentence(report)}\n";

    /// <summary>"ssh (4711), tmux %3: sign for git@github.com by 203.0.113.7 (pts/3) with home-key (ssh-ed25519 SHA256:...): answered, 12 ms".</summary>
    public static string Sentence(EventReport report)
    {
        if (report.Event != EventReport.RequestKind)
        {
            return EventWords.Missed(report);
        }

        string how = EventWords.How(report);
        string took = EventWords.Took(report);
        return PlainText.Of(
            $"{EventWords.Who(report)}: {EventWords.What(report)}{(how.Length > 0 ? " " + how : "")}: {EventWords.Outcome(report)}{(took.Length > 0 ? ", " + took : "")}");
    }

    /// <summary>"12:00:03".</summary>
    public static string Time(EventReport report, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(report.Time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
