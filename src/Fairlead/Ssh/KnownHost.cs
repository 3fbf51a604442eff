using Fairlead.Core.Agents;
using Fairlead.Protocol;

namespace Fairlead.Ssh;

/// <summary>One line of known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).</summary>
/// <param name="Names">"web01", "203.0.113.9", "[web01]:2222"; "|1|SALT|HASH" for a name that is only there as a hash.</param>
/// <param name="Fingerprint">Of its host key.</param>
internal sealed record KnownHost(IReadOnlyList<string> Names, string Fingerprint)
{
    /// <returns>Null for a comment, for a key that is revoked, and for that of an authority, which is no server's.</returns>
    public static KnownHost? Parse(string line)
    {
        if (line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is not [var names, var key] || names[0] is '#' or '@')
        {
            return null;
        }

        return PublicKeyLine.BlobIn(key) is { } blob ? new KnownHost(names.Split(','), KeyFingerprint.Of(blob)) : null;
    }
}
