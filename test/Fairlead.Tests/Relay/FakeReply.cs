namespace Fairlead.Tests.Relay;

/// <summary>What a fake agent does about a request.</summary>
/// <param name="Bytes">Sent as they are; none for an agent that says nothing.</param>
/// <param name="Closes">Closes the connection behind them.</param>
internal readonly record struct FakeReply(byte[] Bytes, bool Closes = false)
{
    public static readonly FakeReply Nothing = new([]);

    public static readonly FakeReply EndOfFile = new([], Closes: true);

    /// <summary>Nothing is sent before this has ended; null for at once.</summary>
    public Task? After { get; init; }

    /// <summary>Sent over it, byte by byte; null for all of them at once.</summary>
    public SlowLine? Line { get; init; }

    public static implicit operator FakeReply(byte[] frame) => new(frame);
}
