using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>What a lying agent says instead of the right answer.</summary>
internal static class Lies
{
    /// <summary>No message of an agent has this type.</summary>
    private const byte NoType = 201;

    public static byte[] Instead(Temper temper, byte[] right, IReadOnlyList<string> keys) => temper switch
    {
        Temper.Oversized => [.. Message.Length(Message.Longest + 1), .. right],
        Temper.ZeroLength => Message.Length(0),
        Temper.Garbage => Message.Frame(NoType, right),
        Temper.WrongLengths => Message.Frame(
            ChaosMessage.IdentitiesAnswer, [.. Message.Length(keys.Count), .. Message.Text(keys[0]), .. Message.Length(int.MaxValue), 1]),
        Temper.Chatty => [.. right, .. Message.Frame(ChaosMessage.Failure)],
        _ => right,
    };
}
