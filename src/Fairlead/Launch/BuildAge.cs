namespace Fairlead.Launch;

/// <summary>Which of two builds is older, as far as their names tell (version and commit: "0.2.0+4.1a2b3c4d5e6f").</summary>
internal static class BuildAge
{
    /// <returns>What stands between the two in a sentence: "older than", "newer than", or "another build than" where only the commits differ.</returns>
    /// <param name="build">Null for one that does not say: none did up to 0.1.</param>
    public static string Of(string? build, string than)
    {
        int order = build is null ? -1
            : ReleaseVersion.Parse(build) is { } one && ReleaseVersion.Parse(than) is { } other ? one.CompareTo(other)
            : 0;
        return order < 0 ? "older than" : order > 0 ? "newer than" : "another build than";
    }
}
