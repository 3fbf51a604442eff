using Fairlead.Core.Linux.Files;
using Fairlead.Files;

namespace Fairlead.Setup;

/// <summary>
/// The last line of a file that setup has made: a checksum of all before it. Whoever finds the file later, of whatever version and on whichever host that
/// shares the home, sees from the file alone that it is fairlead's and that nobody has changed it.
/// </summary>
/// <remarks>It keeps a person's changes from being lost, not from being forged: 64 bits of SHA-256 are enough for that, and fit a line.</remarks>
internal static class Seal
{
    private const string Words = " made by 'fairlead setup', which replaces it while this checksum holds: ";
    private const int Digits = 16;

    /// <param name="text">As <see cref="ByteText"/> has it.</param>
    /// <param name="comment">What begins a comment in the file's language.</param>
    public static string Put(string text, string comment) => $"{text}{comment}{Words}{Digest(text)}\n";

    /// <summary>Whether all is as setup wrote it; null without a seal.</summary>
    public static bool? Holds(string text)
    {
        int words = text.LastIndexOf(Words, StringComparison.Ordinal);
        if (words < 0)
        {
            return null;
        }

        int line = text.LastIndexOf('\n', words) + 1;
        return text[(words + Words.Length)..] == Digest(text[..line]) + "\n";
    }

    private static string Digest(string text) => Checksum.HexOf(ByteText.ToBytes(text))[..Digits];
}
