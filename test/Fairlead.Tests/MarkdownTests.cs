using System.Globalization;

namespace Fairlead.Tests;

/// <summary>The documents keep to .editorconfig, so that they can be read in a terminal and beside a change.</summary>
public sealed class MarkdownTests
{
    /// <summary>As .editorconfig says for all files.</summary>
    private const int MaxLineLength = 140;

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Repository.PathOf(""), "*.md")
        .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
        .Append(Repository.PathOf("bench/README.md"))
        .Select(page => Path.GetRelativePath(Repository.PathOf(""), page))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_line_of_prose_is_too_long(string page) => Assert.DoesNotContain(
        File.ReadLines(Repository.PathOf(page)), line => IsProse(line) && new StringInfo(line).LengthInTextElements > MaxLineLength);

    /// <summary>A row of a table, code and an address cannot be broken.</summary>
    private static bool IsProse(string line) => line is not (['|', ..] or [' ', ' ', ' ', ' ', ..]) && !line.Contains("://", StringComparison.Ordinal);
}
