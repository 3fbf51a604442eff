using System.Buffers.Binary;

namespace Fairlead.Bench.Clients;

/// <summary>A request, and the first byte of the answer that counts as one.</summary>
internal sealed record Question(byte[] Frame, byte Answer)
{
    private const byte RequestIdentities = 11;
    private const byte IdentitiesAnswer = 12;
    private const byte SignRequest = 13;
    private const byte SignResponse = 14;

    public static Question List { get; } = new([0, 0, 0, 1, RequestIdentities], IdentitiesAnswer);

    /// <summary>A signature of the first key of a list over as much as a login signs.</summary>
    /// <param name="list">The answer to a list, with its header.</param>
    public static Question Sign(ReadOnlySpan<byte> list)
    {
        const int countEnd = 9;
        int blob = BinaryPrimitives.ReadInt32BigEndian(list[countEnd..]) + sizeof(int);
        const int dataLength = 200;
        byte[] body = [SignRequest, .. list.Slice(countEnd, blob), .. Length(dataLength), .. new byte[dataLength], 0, 0, 0, 0];
        return new([.. Length(body.Length), .. body], SignResponse);
    }

    /// <summary>The answer of an agent's socket to a list, with its header.</summary>
    public static byte[] ReadList(string path)
    {
        using var client = AgentClient.Connect(path);
        byte[] answer = new byte[2048];
        int length = client.IsConnected ? client.Ask(List.Frame, answer) : 0;
        return length > 0 && answer[sizeof(int)] == IdentitiesAnswer ? answer[..(length + sizeof(int))] : [];
    }

    private static byte[] Length(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
