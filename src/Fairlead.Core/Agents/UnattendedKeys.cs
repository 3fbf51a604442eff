namespace Fairlead.Core.Agents;

/// <summary>
/// Keys with which an agent has signed about as fast as it lists, so that it asked no person. Signatures with them run side by side, as
/// they would without fairlead; logging in to fifty hosts at once over a slow line would otherwise take fifty round trips, one after
/// another.
/// </summary>
/// <remarks>
/// It is a guess about the next time: the key may be added again with other constraints (<c>ssh-add -c</c>). A signature that takes longer
/// than <see cref="Margin"/> beyond the usual makes the agent busy after all, and removes the key from these.
/// </remarks>
internal sealed class UnattendedKeys
{
    /// <summary>Nobody reads and answers a question in so short a time.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private const int MaxRemembered = 64;

    private readonly List<byte[]> keys = [];

    public bool Contains(ReadOnlySpan<byte> keyBlob) => IndexOf(keyBlob) >= 0;

    /// <summary>The agent has signed with the key, or has refused to.</summary>
    public void Note(ReadOnlySpan<byte> keyBlob, bool isUnattended)
    {
        int known = IndexOf(keyBlob);
        if (known >= 0 && !isUnattended)
        {
            keys.RemoveAt(known);
        }
        else if (known < 0 && isUnattended && keys.Count < MaxRemembered && !IsOnDevice(keyBlob))
        {
            keys.Add(keyBlob.ToArray());
        }
    }

    /// <summary>
    /// "sk-ssh-ed25519@openssh.com" and its like (OpenSSH PROTOCOL.u2f): somebody may happen to touch a waiting device at once.
    /// </summary>
    private static bool IsOnDevice(ReadOnlySpan<byte> keyBlob) => keyBlob.Length > sizeof(uint) && keyBlob[sizeof(uint)..].StartsWith("sk-"u8);

    private int IndexOf(ReadOnlySpan<byte> keyBlob)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            if (keyBlob.SequenceEqual(keys[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
