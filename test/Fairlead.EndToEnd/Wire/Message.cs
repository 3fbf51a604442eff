using System.Buffers.Binary;
using System.Text;

namespace Fairlead.EndToEnd.Wire;

/// <summary>Requests of RFC 9987 as bytes, right ones and wrong ones.</summary>
internal static class Message
{
    public const byte RequestIdentities = 11;
    public const byte SignRequest = 13;
    public const byte Lock = 22;
    public const byte Unlock = 23;
    public const byte Extension = 27;

    /// <summary>The longest message that ssh-agent takes, from its AGENT_MAX_LEN.</summary>
    public const int Longest = 256 * 1024;

    public static byte[] List { get; } = Frame(RequestIdentities);

    public static byte[] Frame(byte type, params byte[] body) => [.. Length(body.Length + 1), type, .. body];

    /// <summary>Asks for a signature with the first key of a list.</summary>
    /// <param name="list">As <see cref="RawClient.ReadFrame"/> gives it: type, number of keys, then the length of the first one.</param>
    public static byte[] SignWithFirstOf(string list)
    {
        byte[] answer = Convert.FromHexString(list);
        byte[] key = answer[5..(9 + BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(5)))];
        return Frame(SignRequest, [.. key, .. Text("to be signed"), 0, 0, 0, 0]);
    }

    public static byte[] ExtensionNamed(string name, params byte[] body) => Frame(Extension, [.. Text(name), .. body]);

    public static byte[] Length(int length)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }

    public static byte[] Text(string text) => [.. Length(text.Length), .. Encoding.ASCII.GetBytes(text)];
}
