using System.Buffers.Binary;
using System.Text;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What agents and clients of a chaos say: real messages, whose keys and signatures are words that tell who said them.</summary>
internal static class ChaosMessage
{
    public const byte Failure = 5;
    public const byte Success = 6;
    public const byte IdentitiesAnswer = 12;
    public const byte SignResponse = 14;
    public const byte AddIdentity = 17;
    public const byte RemoveIdentity = 18;
    public const string SessionBind = "session-bind@openssh.com";

    public static byte[] Sign(string key, string data) => Message.Frame(Message.SignRequest, [.. Message.Text(key), .. Message.Text(data), 0, 0, 0, 0]);

    /// <summary>A change that can be told from every other.</summary>
    public static byte[] Change(bool adds, string name) =>
        Message.Frame(adds ? AddIdentity : RemoveIdentity, [.. adds ? Message.Text("ssh-ed25519") : [], .. Message.Text(name)]);

    public static byte[] Bind(string session, bool isForwarding) => Message.ExtensionNamed(
        SessionBind, [.. Message.Text("host key"), .. Message.Text(session), .. Message.Text("signature"), (byte)(isForwarding ? 1 : 0)]);

    public static byte[] Keys(string comment, IReadOnlyList<string> keys) => Message.Frame(
        IdentitiesAnswer, [.. Message.Length(keys.Count), .. keys.SelectMany(key => (byte[])[.. Message.Text(key), .. Message.Text(comment)])]);

    public static byte[] Signature(string by, string key, string data) => Message.Frame(SignResponse, Message.Text($"{by} {key} {data}"));

    /// <summary>The strings that a message holds from <paramref name="start"/> on; null when its lengths lead nowhere.</summary>
    public static List<string>? Texts(ReadOnlySpan<byte> message, int start, int most = int.MaxValue)
    {
        var texts = new List<string>();
        ReadOnlySpan<byte> rest = message[start..];
        while (rest.Length > 0 && texts.Count < most)
        {
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 4)
            {
                return null;
            }
            texts.Add(Encoding.ASCII.GetString(rest.Slice(4, (int)length)));
            rest = rest[(4 + (int)length)..];
        }
        return texts;
    }
}
