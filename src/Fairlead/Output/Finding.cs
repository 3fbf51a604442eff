using System.Text.Json.Serialization;

namespace Fairlead.Output;

/// <summary>What one check of <c>fairlead doctor</c> has found.</summary>
/// <param name="Check">What was looked at: "this shell", "daemon".</param>
/// <param name="Message">What is so: lower case, no full stop.</param>
/// <param name="Meaning">What it means for the person; null where the message says all.</param>
/// <param name="Fix">The one command that fixes it; null where nothing needs a fix, or nothing here can fix it.</param>
internal sealed record Finding(string Check, FindingVerdict Verdict, string Message, string? Meaning = null, string? Fix = null)
{
    public static Finding Ok(string check, string message, string? meaning = null) => new(check, FindingVerdict.Ok, message, meaning);

    public static Finding Warning(string check, string message, string? meaning = null, string? fix = null) =>
        new(check, FindingVerdict.Warning, message, meaning, fix);

    public static Finding Problem(string check, string message, string? meaning = null, string? fix = null) =>
        new(check, FindingVerdict.Problem, message, meaning, fix);
}

/// <summary>How bad a finding of <c>fairlead doctor</c> is, from good to bad.</summary>
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
