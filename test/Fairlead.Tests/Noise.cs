using System.Text;
using CsCheck;

namespace Fairlead.Tests;

/// <summary>Texts that are nearly what a parser expects: its own words in any order, with anything in between.</summary>
internal static class Noise
{
    private static readonly Gen<string> Anything = Gen.OneOf(Gen.String[0, 4], Gen.String[Gen.Char["\0\n\r\t \"'\\=,.:;|/()[]{}#-+0123456789eE"], 0, 6]);

    /// <param name="words">What means something to the parser.</param>
    public static Gen<string> Around(params string[] words) =>
        Gen.Frequency((4, OneOf(words)), (1, Anything)).Array[0, 30].Select(parts => string.Concat(parts));

    /// <summary>The same as bytes, some of them damaged, so that not all is UTF-8.</summary>
    public static Gen<byte[]> BytesAround(params string[] words) =>
        Gen.Select(Around(words), Gen.Select(Gen.UInt, Gen.Byte).Array[0, 3]).Select((text, damage) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            foreach ((uint at, byte value) in damage)
            {
                if (bytes.Length > 0)
                {
                    bytes[at % (uint)bytes.Length] = value;
                }
            }

            return bytes;
        });

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
