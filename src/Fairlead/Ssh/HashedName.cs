using System.Text;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace Fairlead.Ssh;

/// <summary>
/// A host's name as <c>HashKnownHosts yes</c> writes it: "|1|SALT|HASH", both base64, HMAC-SHA1 of the name (hostfile.c, host_hash()). It can be compared with a
/// name, and not be read.
/// </summary>
internal static class HashedName
{
    private const string Magic = "|1|";

    public static bool IsOne(string name) => name.StartsWith(Magic, StringComparison.Ordinal);

    public static bool Matches(string hashed, string name)
    {
        string[] parts = hashed[Magic.Length..].Split('|');
        byte[] salt = new byte[hashed.Length];
        byte[] hash = new byte[hashed.Length];
        if (parts.Length != 2
            || !Convert.TryFromBase64String(parts[0], salt, out int saltLength)
            || !Convert.TryFromBase64String(parts[1], hash, out int hashLength))
        {
            return false;
        }

        var mac = new HMac(new Sha1Digest());
        mac.Init(new KeyParameter(salt, 0, saltLength));
        mac.BlockUpdate(Encoding.UTF8.GetBytes(name));
        byte[] actual = new byte[mac.GetMacSize()];
        mac.DoFinal(actual, 0);
        return actual.AsSpan().SequenceEqual(hash.AsSpan(0, hashLength));
    }
}
