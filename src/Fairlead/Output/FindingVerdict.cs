using System.Text.Json.Serialization;

namespace Fairlead.Output;

/// <summary>How bad a finding of <c>fairlead doctor</c> is. The order is that of the page, worst last.</summary>
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
