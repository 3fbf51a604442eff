using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Core.Frames;

/// <summary>Key blobs are equal byte for byte. An agent may list twenty thousand: comparing each with each would delay everybody.</summary>
internal sealed class KeyBlobComparer : IEqualityComparer<byte[]>
{
    public static readonly KeyBlobComparer Instance = new();

    private KeyBlobComparer()
    {
    }

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    /// <summary>Salted for each process, so that nobody can choose blobs that collide.</summary>
    public int GetHashCode([DisallowNull] byte[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
