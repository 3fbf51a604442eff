using System.Buffers;
using System.Globalization;
using System.Text;

namespace Fairlead.Output;

/// <summary>
/// Key comments, host names and paths are other people's words. Nothing in them may steer the terminal that shows them, or say another thing than it
/// is: no control, no change of direction, nothing invisible, no other end of a line. Letters, marks and signs of all languages stay.
/// </summary>
internal static class PlainText
{
    private const char Escape = '\e';

    private static readonly SearchValues<char> LookParameters = SearchValues.Create("0123456789;");

    /// <summary>One line, or a part of one.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Replace(text, isPage: false);

    /// <summary>
    /// A whole answer, whose parts were made plain when they were put together: its own line feeds and the looks that <see cref="Page"/> gives it are
    /// left. What reaches a person's terminal passes here last, so that a part that was forgotten does no harm.
    /// </summary>
    public static string OfPage(string text) => IsPlain(text) ? text : Replace(text, isPage: true);

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Replace(string text, bool isPage)
    {
        var plain = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int look = isPage ? LengthOfLook(text.AsSpan(at)) : 0;
            if (look > 0)
            {
                plain.Append(text, at, look);
                at += look;
                continue;
            }

            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length); // half a pair is U+FFFD
            plain.Append((IsShown(rune) ? rune : Rune.ReplacementChar).ToString());
            at += length;
        }

        return plain.ToString();
    }

    /// <summary>How long what stands here is if it is a line feed, or says how text looks (SGR, ECMA-48); 0 for anything else.</summary>
    private static int LengthOfLook(ReadOnlySpan<char> text)
    {
        if (text[0] != Escape || text.Length < 2 || text[1] != '[')
        {
            return text[0] == '\n' ? 1 : 0;
        }

        int end = text[2..].IndexOfAnyExcept(LookParameters);
        return end >= 0 && text[2 + end] == 'm' ? end + 3 : 0;
    }

    /// <summary>Whether it is a letter, mark or sign that shows itself and steers nothing.</summary>
    internal static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned);
}
