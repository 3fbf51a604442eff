using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Core.Agents;

/// <summary>The keys that an agent listed most recently: they tell two laptops behind one address apart, and give a laptop a name.</summary>
internal sealed class KeyList
{
    /// <summary>Bytes. A list of some fifty keys; of a longer one only the number is kept.</summary>
    private const int MaxLength = 16 * 1024;

    private readonly byte[] message;
    private IReadOnlyList<string>? fingerprints;

    private KeyList(byte[] message, int count)
    {
        this.message = message;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The comment of its first key; null for no key, an empty comment, and a long list.</summary>
    public string? FirstComment
    {
        get
        {
            foreach (IdentityEntry entry in Read())
            {
                return entry.Comment.IsEmpty ? null : Encoding.UTF8.GetString(entry.Comment);
            }

            return null;
        }
    }

    /// <summary>As <c>ssh-keygen -l</c> prints them, in the agent's order; none for a long list.</summary>
    public IReadOnlyList<string> Fingerprints
    {
        get
        {
            if (fingerprints is null)
            {
                var all = new List<string>();
                foreach (IdentityEntry entry in Read())
                {
                    all.Add(KeyFingerprint.Of(entry.KeyBlob));
                }

                fingerprints = all;
            }

            return fingerprints;
        }
    }

    /// <summary>What is known after this answer to a listing. An agent mostly lists the same again: that costs one comparison.</summary>
    /// <param name="before">What was known before it.</param>
    /// <param name="answer">SSH_AGENT_IDENTITIES_ANSWER, without its length; any other message teaches nothing.</param>
    public static KeyList? After(KeyList? before, ReadOnlySpan<byte> answer)
    {
        if (before is not null && answer.SequenceEqual(before.message))
        {
            return before;
        }

        return IdentitiesAnswer.TryRead(answer, out IdentitiesAnswer keys)
            ? new KeyList(answer.Length <= MaxLength ? answer.ToArray() : [], keys.Count)
            : before;
    }

    /// <summary>Nothing to walk where the message was not kept.</summary>
    private IdentitiesAnswer Read()
    {
        _ = IdentitiesAnswer.TryRead(message, out IdentitiesAnswer keys);
        return keys;
    }
}
