namespace Fairlead.Protocol;

/// <summary>
/// A list of keys (SSH_AGENT_IDENTITIES_ANSWER; RFC 9987, section 5.5): read to learn whether an agent holds a key, and to join lists.
/// <code>
/// byte    SSH_AGENT_IDENTITIES_ANSWER
/// uint32  number of keys
/// string  key blob   } as often
/// string  comment    } as the number says
/// </code>
/// Key blobs are opaque: fairlead treats certificates, security keys and future algorithms alike.
/// </summary>
public readonly ref struct IdentitiesAnswer
{
    private IdentitiesAnswer(int count, ReadOnlySpan<byte> entries)
    {
        Count = count;
        Entries = entries;
    }

    /// <summary>Number of keys.</summary>
    public int Count { get; }

    /// <summary>The entries as they travel, one after the other; joining lists copies them whole.</summary>
    public ReadOnlySpan<byte> Entries { get; }

    /// <summary>
    /// Reads and checks the whole list once, so that walking it later cannot fail. False for another message, and for a list whose
    /// number of keys is not exactly what follows: ssh would stop at such a list, so another agent should be asked.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out IdentitiesAnswer answer)
    {
        answer = default;
        var reader = new WireReader(message);
        if (!reader.TryReadByte(out byte type)
            || (AgentMessageType)type != AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER
            || !reader.TryReadUInt32(out uint count))
        {
            return false;
        }

        ReadOnlySpan<byte> entries = reader.Rest;
        for (uint entry = 0; entry < count; entry++)
        {
            if (!reader.TryReadString(out _) || !reader.TryReadString(out _))
            {
                return false;
            }
        }

        if (reader.Remaining > 0)
        {
            return false;
        }

        answer = new IdentitiesAnswer((int)count, entries);
        return true;
    }

    /// <summary>Whether exactly this public key or certificate is in the list, byte for byte.</summary>
    public bool Contains(ReadOnlySpan<byte> keyBlob)
    {
        foreach (IdentityEntry entry in this)
        {
            if (entry.KeyBlob.SequenceEqual(keyBlob))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Walks the keys in the agent's order, which is the order in which ssh tries them.</summary>
    public IdentityEnumerator GetEnumerator() => new(Entries);
}

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

    /// <summary>The person's name for the key: UTF-8 by convention, but it may be any bytes. Escape it before printing.</summary>
    public ReadOnlySpan<byte> Comment { get; }
}

/// <summary>Walks the keys of an <see cref="IdentitiesAnswer"/> without allocating: spans allow no <c>yield</c>.</summary>
public ref struct IdentityEnumerator
{
    private WireReader _reader;

    internal IdentityEnumerator(ReadOnlySpan<byte> entries)
    {
        _reader = new WireReader(entries);
    }

    /// <summary>The key at which the most recent <see cref="MoveNext"/> that returned true arrived.</summary>
    public IdentityEntry Current { get; private set; }

    /// <summary>Goes to the next key. False after the final one.</summary>
    public bool MoveNext()
    {
        if (!_reader.TryReadString(out ReadOnlySpan<byte> keyBlob) || !_reader.TryReadString(out ReadOnlySpan<byte> comment))
        {
            return false;
        }

        Current = new IdentityEntry(keyBlob, comment);
        return true;
    }
}
