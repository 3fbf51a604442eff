using System.Text.Json.Serialization;

namespace Fairlead.Output;

/// <summary>What one check of <c>fairlead doctor</c> has found.</summary>
/// <param name="Check">What was looked at: "this shell", "daemon".</param>
/// <param name="Message">What is so: lower case, no full stop.</param>
/// <param name="Meaning">What it means for the person; null where the message says all.</param>
/// <param name="Mend">The one line to type; null where nothing is to be mended, or not from here.</param>
internal sealed record Finding(string Check, FindingVerdict Verdict, string Message, string? Meaning = null, string? Mend = null)
{
    public static Finding Ok(string check, string message, string? meaning = null) => new(check, FindingVerdict.Ok, message, meaning);

    public static Finding Warning(string check, string message, string? meaning = null, string? mend = null) =>
        new(check, FindingVerdict.Warning, message, meaning, mend);

    public static Finding Problem(string check, string message, string? meaning = null, string? mend = null) =>
        new(check, FindingVerdict.Problem, message, meaning, mend);
}

/// <summary>How bad a finding of <c>fairlead doctor</c> is. From good to bad; the page begins with the worst.</summary>
internal enum FindingVerdict
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Works now, or for most, and will not always.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Does not work.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}
