using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Core.Watching;

/// <summary>The comments of the keys that a conversation has listed: a signature's request has none.</summary>
internal sealed class KeyComments
{
    /// <summary>More keys than anybody has; limits the cost of a conversation.</summary>
    private const int MaxKeys = 256;

    private readonly List<(byte[] Blob, string Comment)> keys = [];

    /// <param name="list">As the caller gets it.</param>
    public void Note(IdentitiesAnswer list)
    {
        keys.Clear();
        foreach (IdentityEntry entry in list)
        {
            if (keys.Count < MaxKeys)
            {
                keys.Add((entry.KeyBlob.ToArray(), Encoding.UTF8.GetString(entry.Comment)));
            }
        }
    }

    /// <summary>Null for a key that was not listed.</summary>
    public string? Of(byte[] blob) => keys.Find(key => key.Blob.AsSpan().SequenceEqual(blob)).Comment;
}
