using Fairlead.Core.Agents;

namespace Fairlead.Ssh;

/// <summary>One line of known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).</summary>
/// <param name="Names">"web01", "203.0.113.9", "[web01]:2222"; "|1|SALT|HASH" for a name that is only there as a hash.</param>
/// <param name="Fingerprint">Of its host key.</param>
internal sealed record KnownHost(IReadOnlyList<string> Names, string Fingerprint)
{
    /// <returns>Null for a comment, for a key that is revoked, and for that of an authority, which is no server's.</returns>
    public static KnownHost? Parse(string line)
    {
        string[] words = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var names, _, var key, ..] || names[0] is '#' or '@')
        {
            return null;
        }

        byte[] blob = new byte[key.Length];
        return Convert.TryFromBase64String(key, blob, out int length) && length > 0
            ? new KnownHost(names.Split(','), KeyFingerprint.Of(blob.AsSpan(0, length)))
            : null;
    }
}
