using System.Text;
using Fairlead.Core.Callers;
using Fairlead.Protocol;

namespace Fairlead.Core.Watching;

/// <summary>
/// What helps a person to understand the next request of a conversation: its caller, and the names of the keys that were listed.
/// </summary>
/// <param name="caller">A reading in progress, because the caller may be gone when its request ends.</param>
internal sealed class ConversationNotes(Task<CallerSketch> caller)
{
    /// <summary>More keys than anybody has; limits the cost of a watched conversation.</summary>
    private const int MaxKeys = 256;

    private readonly List<(byte[] Blob, string Comment)> keys = [];

    public Task<CallerSketch> Caller => caller;

    /// <param name="list">As the caller gets it.</param>
    public void NoteKeys(IdentitiesAnswer list)
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

    /// <summary>Null for a key that was not listed while somebody watched.</summary>
    public string? CommentOf(byte[] blob) => keys.Find(key => key.Blob.AsSpan().SequenceEqual(blob)).Comment;
}
