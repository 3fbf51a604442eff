namespace Fairlead.Protocol;

/// <summary>Walks the keys of an <see cref="IdentitiesAnswer"/> without allocating: spans allow no <c>yield</c>.</summary>
public ref struct IdentityEnumerator
{
    private WireReader _reader;

    internal IdentityEnumerator(ReadOnlySpan<byte> entries)
    {
        _reader = new WireReader(entries);
    }

    /// <summary>The key arrived at by the last <see cref="MoveNext"/> that returned true.</summary>
    public IdentityEntry Current { get; private set; }

    /// <summary>Goes to the next key. False behind the last one.</summary>
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
