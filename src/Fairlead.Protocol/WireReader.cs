using System.Buffers.Binary;

namespace Fairlead.Protocol;

/// <summary>
/// Takes SSH's data types (RFC 4251, section 5) off the front of a message. It never throws, whatever the bytes, and never reads past their
/// end, and a failed read leaves it where it was. Its results point into the message, and are valid as long as the buffer.
/// </summary>
/// <param name="bytes">The bytes to read; not copied.</param>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>The bytes not read yet, for contents that stay opaque.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>One byte. False at the end.</summary>
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>One byte, of which every value but zero means true, as RFC 4251 demands of readers. False at the end.</summary>
    public bool TryReadBoolean(out bool value)
    {
        bool read = TryReadByte(out byte number);
        value = number != 0;
        return read;
    }

    /// <summary>Four bytes, the most significant one first. False when fewer are left.</summary>
    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[sizeof(uint)..];
        return true;
    }

    /// <summary>A length and as many bytes, of any content. False if fewer are left than the length says.</summary>
    public bool TryReadString(out ReadOnlySpan<byte> value)
    {
        if (BinaryPrimitives.TryReadUInt32BigEndian(_rest, out uint length) && length <= (uint)(_rest.Length - sizeof(uint)))
        {
            value = _rest.Slice(sizeof(uint), (int)length);
            _rest = _rest[(sizeof(uint) + (int)length)..];
            return true;
        }

        value = default;
        return false;
    }
}
