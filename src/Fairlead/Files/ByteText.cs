using System.Text;

namespace Fairlead.Files;

/// <summary>A file's bytes as a text of one character each: what is in no encoding that fairlead knows is written back as it was.</summary>
internal static class ByteText
{
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Words of ours, to stand in such a text.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static byte[] ToBytes(string text) => Encoding.Latin1.GetBytes(text);
}
