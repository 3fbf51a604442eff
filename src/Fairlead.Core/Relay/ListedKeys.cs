using Fairlead.Core.Frames;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>A list of keys in the making: the leading agent's, followed by those of others, each key once.</summary>
internal sealed class ListedKeys
{
    private readonly WireWriter entries = new();
    private readonly HashSet<byte[]> blobs = new(KeyBlobComparer.Instance);

    /// <param name="message">An SSH_AGENT_IDENTITIES_ANSWER.</param>
    /// <param name="isWanted">By key blob; null for all.</param>
    public ListedKeys(ReadOnlySpan<byte> message, Predicate<byte[]>? isWanted = null) => Take(message, isWanted);

    public int Count => blobs.Count;

    public bool Contains(byte[] keyBlob) => blobs.Contains(keyBlob);

    /// <summary>Adds the keys of another list that are wanted, are not yet in this one, and fit.</summary>
    /// <param name="isWanted">By key blob; null for all.</param>
    /// <returns>The blobs of those that were added.</returns>
    public IReadOnlyList<byte[]> Take(ReadOnlySpan<byte> message, Predicate<byte[]>? isWanted)
    {
        var taken = new List<byte[]>();
        if (!IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer))
        {
            return taken;
        }

        foreach (IdentityEntry entry in answer)
        {
            byte[] blob = entry.KeyBlob.ToArray();
            if (isWanted?.Invoke(blob) != false && !Contains(blob) && Fits(entry))
            {
                entries.WriteString(entry.KeyBlob).WriteString(entry.Comment);
                blobs.Add(blob);
                taken.Add(blob);
            }
        }

        return taken;
    }

    public byte[] ToFrame()
    {
        byte[] written = entries.Length > 0 ? entries.ToFrame() : [];
        ReadOnlySpan<byte> bare = written.AsSpan(Math.Min(AgentFrame.HeaderLength, written.Length));
        return new WireWriter(AgentFrame.HeaderLength + HeadLength + bare.Length)
            .WriteType(AgentMessageType.SSH_AGENT_IDENTITIES_ANSWER)
            .WriteUInt32((uint)blobs.Count)
            .WriteBytes(bare)
            .ToFrame();
    }

    /// <summary>Type and count.</summary>
    private const int HeadLength = 1 + sizeof(uint);

    private bool Fits(IdentityEntry entry) =>
        HeadLength + entries.Length + (2 * sizeof(uint)) + entry.KeyBlob.Length + entry.Comment.Length <= AgentLimits.MaxMessageLength;
}
