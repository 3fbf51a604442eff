using System.Text.RegularExpressions;

namespace Fairlead.Tests.Pictures;

/// <summary>Words of a terminal's line that look the same from the first letter to the last, up to where two blanks begin another column.</summary>
/// <param name="Column">Where it begins, counted from 0.</param>
internal sealed partial record StyledRun(int Column, string Text, bool IsBold, bool IsDim, string? Colour = null)
{
    /// <param name="line">With the control sequences for what fairlead uses: bold, dim, red and yellow. Any other fails, for somebody to say here how it looks.</param>
    public static IEnumerable<StyledRun> In(string line)
    {
        int column = 0;
        bool isBold = false;
        bool isDim = false;
        string? colour = null;
        foreach (Match part in Part.Matches(line))
        {
            if (!part.Groups["graphic"].Success)
            {
                if (part.Groups["text"] is { Success: true, Value: var text })
                {
                    yield return new StyledRun(column, text, isBold, isDim, colour);
                }

                column += part.Length;
                continue;
            }

            (isBold, isDim, colour) = part.Groups["graphic"].Value switch
            {
                "0" => (false, false, null),
                "1" => (true, isDim, colour),
                "2" => (isBold, true, colour),
                "31" => (isBold, isDim, "red"),
                "33" => (isBold, isDim, "yellow"),
                var other => throw new NotSupportedException($"a terminal's text with the style {other}"),
            };
        }
    }

    /// <summary>SGR of ECMA-48, words, or blanks.</summary>
    [GeneratedRegex(@"\e\[(?<graphic>[^m]*)m|(?<text>[^\e ]+( [^\e ]+)*)| +", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Part { get; }
}
