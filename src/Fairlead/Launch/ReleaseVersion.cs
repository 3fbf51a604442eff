using System.Globalization;

namespace Fairlead.Launch;

/// <summary>
/// A version as far as two can be compared: "0.2.0", "0.2.0-rc.1", and "0.2.0+4" for four commits later. Semantic Versioning 2.0.0, section 11, and the number
/// of commits, which it does not compare. Times of files say nothing: chmod changes them, and so does a copy.
/// </summary>
/// <param name="Prerelease">Its parts, "rc" and "1"; empty for a release.</param>
/// <param name="Commits">Since that version.</param>
internal sealed record ReleaseVersion(Version Number, IReadOnlyList<string> Prerelease, int Commits) : IComparable<ReleaseVersion>
{
    /// <summary>A commit has twelve digits, and may have no letter among them.</summary>
    private const int CommitLength = 12;

    /// <param name="text">A version, or a build with its commit, "0.2.0+4.1a2b3c4d5e6f"; what stands behind a blank is no part of it.</param>
    /// <returns>Null when it is none.</returns>
    public static ReleaseVersion? Parse(string? text)
    {
        string[] halves = (text ?? "").Split(' ')[0].Split('+', 2);
        string[] parts = halves[0].Split('-', 2);
        if (!parts[0].All(c => c == '.' || char.IsAsciiDigit(c)) || !Version.TryParse(parts[0], out Version? number))
        {
            return null;
        }

        string metadata = halves.Length > 1 ? halves[1].Split('.')[0] : "";
        return new(number, parts.Length > 1 ? parts[1].Split('.') : [], metadata.Length < CommitLength ? NumberOf(metadata) ?? 0 : 0);
    }

    /// <summary>A pre-release comes before its version, and four commits after a tag come behind it.</summary>
    public int CompareTo(ReleaseVersion? other) => other is null ? 1
        : Number != other.Number ? Number.CompareTo(other.Number)
        : ComparePrerelease(Prerelease, other.Prerelease) is var order and not 0 ? order
        : Commits.CompareTo(other.Commits);

    private static int ComparePrerelease(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return other.Count.CompareTo(one.Count);
        }

        for (int i = 0; i < Math.Min(one.Count, other.Count); i++)
        {
            int order = (NumberOf(one[i]), NumberOf(other[i])) switch
            {
                ({ } left, { } right) => left.CompareTo(right),
                ({ }, null) => -1,
                (null, { }) => 1,
                _ => string.CompareOrdinal(one[i], other[i]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return one.Count.CompareTo(other.Count);
    }

    private static int? NumberOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
