using System.Buffers.Binary;

namespace Fairlead.Protocol;

/// <summary>
/// Puts a message together from SSH's data types (RFC 4251, section 5). It allocates, so it is for the few messages that fairlead itself
/// composes; messages that are passed on stay in their buffer. Not for secrets: it leaves copies behind as it grows.
/// </summary>
public sealed class WireWriter
{
    private byte[] _frame;
    private int _end = AgentFrame.HeaderLength;

    /// <summary>An empty message.</summary>
    /// <param name="capacity">Initial room, in bytes of message; it grows as needed.</param>
    public WireWriter(int capacity = 252)
    {
        _frame = new byte[AgentFrame.HeaderLength + capacity];
    }

    /// <summary>
    /// Bytes of message written so far. Code that joins answers of several agents checks here whether the result still fits
    /// <see cref="AgentLimits.MaxMessageLength"/>.
    /// </summary>
    public int Length => _end - AgentFrame.HeaderLength;

    /// <summary>The message's type, which comes first.</summary>
    public WireWriter WriteType(AgentMessageType type) => WriteByte((byte)type);

    /// <summary>One byte.</summary>
    public WireWriter WriteByte(byte value)
    {
        Claim(sizeof(byte))[0] = value;
        return this;
    }

    /// <summary>One byte: 1 for true, 0 for false, the only values that RFC 4251 allows writers.</summary>
    public WireWriter WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Four bytes, the most significant one first.</summary>
    public WireWriter WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Claim(sizeof(uint)), value);
        return this;
    }

    /// <summary>The length of the bytes, then the bytes.</summary>
    public WireWriter WriteString(ReadOnlySpan<byte> value)
    {
        WriteUInt32((uint)value.Length);
        return WriteBytes(value);
    }

    /// <summary>The bytes alone: contents that are encoded already.</summary>
    public WireWriter WriteBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Claim(value.Length));
        return this;
    }

    /// <summary>The message after its length, as a copy: you may continue writing.</summary>
    /// <exception cref="InvalidOperationException">
    /// No peer would read this message: it is empty, or longer than <see cref="AgentLimits.MaxMessageLength"/>.
    /// </exception>
    public byte[] ToFrame()
    {
        if (Length is 0 or > AgentLimits.MaxMessageLength)
        {
            throw new InvalidOperationException($"a message has 1 to {AgentLimits.MaxMessageLength} bytes, not {Length}");
        }

        byte[] frame = _frame[.._end];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)Length);
        return frame;
    }

    private Span<byte> Claim(int count)
    {
        int start = _end;
        int end = checked(start + count);
        if (end > _frame.Length)
        {
            Array.Resize(ref _frame, (int)Math.Min(Math.Max(end, 2L * _frame.Length), Array.MaxLength));
        }

        _end = end;
        return _frame.AsSpan(start, count);
    }
}
