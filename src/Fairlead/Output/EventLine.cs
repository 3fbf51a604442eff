using System.Globalization;
using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>An event as one line, for a pipe.</summary>
internal static class EventLine
{
    /// <param name="zone">Where the reader is.</param>
    public static string Of(EventReport report, TimeZoneInfo zone)
    {
        string time = Time(report, zone);
        if (report.Event != EventReport.RequestKind)
        {
            return $"{time} {EventWords.Missed(report)}\n";
        }

        string how = EventWords.How(report);
        string took = EventWords.Took(report);
        return PlainText.Of(
            $"{time} {EventWords.Who(report)}: {EventWords.What(report)}{(how.Length > 0 ? " " + how : "")}: {EventWords.Outcome(report)}{(took.Length > 0 ? ", " + took : "")}")
            + "\n";
    }

    /// <summary>"12:00:03".</summary>
    public static string Time(EventReport report, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(report.Time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
