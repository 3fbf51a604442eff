using System.Globalization;
using Fairlead.Core.Control;

namespace Fairlead.Output;

/// <summary>What <c>fairlead log</c> shows: a row for each request that was written down, the oldest first.</summary>
internal static class LogView
{
    /// <param name="zone">Where the reader is.</param>
    public static string Render(IReadOnlyList<EventReport> records, TimeZoneInfo zone, OutputStyle style) => new Page(style)
        .Table(["time", "who", "below", "what", "outcome"], records.Select(record => Row(record, zone)))
        .ToString();

    private static Cell[] Row(EventReport record, TimeZoneInfo zone)
    {
        string time = TimeZoneInfo.ConvertTime(record.Time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return record.Event == EventReport.RequestKind
            ? [time, EventWords.Who(record), EventWords.Above(record), $"{EventWords.What(record)} {EventWords.How(record)}".Trim(), EventWords.ShownOutcome(record)]
            : [time, "", "", "", EventWords.Missed(record)];
    }
}
