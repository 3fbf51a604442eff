namespace Fairlead.Output;

/// <summary>Times as people say them.</summary>
internal static class RelativeTime
{
    /// <summary>"12 s ago"; "just now" below a second, and for a clock that was set back.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => now - then < TimeSpan.FromSeconds(1) ? "just now" : $"{For(now - then)} ago";

    /// <summary>"12 s", "5 min", "3 h", "2 days".</summary>
    public static string For(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(0, (int)span.TotalSeconds)} s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min",
        { TotalHours: < 48 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };
}
