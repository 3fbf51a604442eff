using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Fairlead.Output;

namespace Fairlead.Json;

/// <summary>
/// Writes what a person can read as it is, so that grep finds a fingerprint ("+") and a comment. All that <see cref="PlainText"/> would not show is
/// escaped: unlike in a page it is not replaced, because a program may need it.
/// </summary>
/// <remarks>The encoders of .NET do not fit: the usual one also escapes "+" and all letters beyond ASCII, the relaxed one lets bidirectional controls pass.</remarks>
internal sealed class JsonLineEncoder : JavaScriptEncoder
{
    /// <summary>A character beyond the first 65,536 is two escapes of six characters.</summary>
    public override int MaxOutputCharactersPerInputCharacter => 12;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is '"' or '\\' || !Rune.TryCreate(unicodeScalar, out Rune rune) || !PlainText.IsShown(rune);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        for (int at = 0; at < textLength;)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out Rune rune, out int length) != OperationStatus.Done || WillEncode(rune.Value))
            {
                return at;
            }

            at += length;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        string written = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\n' => @"\n",
            '\t' => @"\t",
            _ => string.Concat(new Rune(unicodeScalar).ToString().Select(unit => $@"\u{(int)unit:X4}")),
        };
        bool fits = written.TryCopyTo(new Span<char>(buffer, bufferLength));
        numberOfCharactersWritten = fits ? written.Length : 0;
        return fits;
    }
}
