using System.IO.Enumeration;
using Fairlead.Core.Agents;
using Fairlead.Protocol;

namespace Fairlead.Ssh;

/// <summary>One line of known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).</summary>
/// <param name="Names">"web01", "203.0.113.9", "[web01]:2222", "*.example.org"; "|1|SALT|HASH" for a name that is only there as a hash.</param>
/// <param name="Fingerprint">Of its host key, or of the authority that certifies the keys of such hosts.</param>
/// <param name="IsAuthority">It is an authority's: <c>@cert-authority</c>.</param>
internal sealed record KnownHost(IReadOnlyList<string> Names, string Fingerprint, bool IsAuthority)
{
    private const string AuthorityMarker = "@cert-authority";

    /// <returns>Null for a comment, and for a key that is revoked.</returns>
    public static KnownHost? Parse(string line)
    {
        if (line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is not [var first, var rest])
        {
            return null;
        }

        bool isAuthority = first == AuthorityMarker;
        if (isAuthority && rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var names, var key])
        {
            (first, rest) = (names, key);
        }

        return first[0] is not ('#' or '@') && PublicKeyLine.BlobIn(rest) is { } blob ? new KnownHost(first.Split(','), KeyFingerprint.Of(blob), isAuthority) : null;
    }

    /// <summary>Whether the line is for a host of that name. Where it names a port, the name alone will do.</summary>
    public bool IsFor(string name) => Names.Any(known => Fits(known, name)) && !Names.Any(known => known[..1] is "!" && Fits(known[1..], name));

    private static bool Fits(string known, string name) => HashedName.IsOne(known)
        ? HashedName.Matches(known, name)
        : FileSystemName.MatchesSimpleExpression(Escaped(known), name) || FileSystemName.MatchesSimpleExpression(Escaped(HostOf(known)), name);

    /// <summary>"web01" of "[web01]:2222".</summary>
    private static string HostOf(string known) => known.StartsWith('[') && known.LastIndexOf("]:", StringComparison.Ordinal) is > 0 and int end ? known[1..end] : known;

    /// <summary>A backslash is no escape to ssh.</summary>
    private static string Escaped(string pattern) => pattern.Replace(@"\", @"\\", StringComparison.Ordinal);
}
