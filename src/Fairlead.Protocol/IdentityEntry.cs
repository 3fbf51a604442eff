namespace Fairlead.Protocol;

/// <summary>One key of an <see cref="IdentitiesAnswer"/> (RFC 9987, section 5.5). Points into the message that it was read from.</summary>
public readonly ref struct IdentityEntry
{
    internal IdentityEntry(ReadOnlySpan<byte> keyBlob, ReadOnlySpan<byte> comment)
    {
        KeyBlob = keyBlob;
        Comment = comment;
    }

    /// <summary>The public key or certificate. Opaque: it names the key, and is compared byte for byte.</summary>
    public ReadOnlySpan<byte> KeyBlob { get; }

    /// <summary>What the person called the key: UTF-8 by convention, any bytes in truth. Escape it before printing.</summary>
    public ReadOnlySpan<byte> Comment { get; }
}
