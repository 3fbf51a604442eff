using System.Text;

namespace Fairlead.Protocol;

/// <summary>
/// A certificate of OpenSSH: a public key, and what an authority says about it (PROTOCOL.certkeys). Its signature is not verified.
/// <code>
/// string  type, such as ssh-ed25519-cert-v01@openssh.com
/// string  nonce
/// string  the key's own fields, one to four
/// uint64  serial
/// uint32  user or host
/// string  key id
/// string  principals
/// uint64  valid after
/// uint64  valid before
/// string  critical options
/// string  extensions
/// string  reserved
/// string  the authority's public key
/// string  signature
/// </code>
/// </summary>
public readonly ref struct Certificate
{
    private readonly ReadOnlySpan<byte> _principals;

    private Certificate(byte[] key, ReadOnlySpan<byte> principals, ReadOnlySpan<byte> authority)
    {
        Key = key;
        _principals = principals;
        Authority = authority;
    }

    /// <summary>The key that is certified, as it is listed without its certificate.</summary>
    public byte[] Key { get; }

    /// <summary>The public key of the authority that signed it.</summary>
    public ReadOnlySpan<byte> Authority { get; }

    /// <summary>The key itself, whether it comes with a certificate or without: they are one key, and signatures by them are the same.</summary>
    public static byte[] KeyOf(ReadOnlySpan<byte> blob) => TryRead(blob, out Certificate certificate) ? certificate.Key : blob.ToArray();

    /// <summary>Whether it names this user, or this host. One without any names is for nobody here.</summary>
    public bool IsFor(ReadOnlySpan<byte> principal)
    {
        var reader = new WireReader(_principals);
        while (reader.TryReadString(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual(principal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False for a plain key, for a type that is not known, and for a certificate that ends early.</summary>
    public static bool TryRead(ReadOnlySpan<byte> blob, out Certificate certificate)
    {
        certificate = default;
        var reader = new WireReader(blob);
        if (blob.Length > AgentLimits.MaxMessageLength
            || !reader.TryReadString(out ReadOnlySpan<byte> type) || KeyTypeOf(type) is not { } known
            || !reader.TryReadString(out _))
        {
            return false;
        }

        WireWriter key = new WireWriter().WriteString(known.Type);
        for (int field = 0; field < known.Fields; field++)
        {
            if (!reader.TryReadString(out ReadOnlySpan<byte> value))
            {
                return false;
            }

            key.WriteString(value);
        }

        if (!reader.TryReadUInt32(out _) || !reader.TryReadUInt32(out _) // serial
            || !reader.TryReadUInt32(out _)
            || !reader.TryReadString(out _)
            || !reader.TryReadString(out ReadOnlySpan<byte> principals)
            || !reader.TryReadUInt32(out _) || !reader.TryReadUInt32(out _) // valid after
            || !reader.TryReadUInt32(out _) || !reader.TryReadUInt32(out _) // valid before
            || !reader.TryReadString(out _)
            || !reader.TryReadString(out _)
            || !reader.TryReadString(out _)
            || !reader.TryReadString(out ReadOnlySpan<byte> authority))
        {
            return false;
        }

        certificate = new Certificate(key.ToFrame()[AgentFrame.HeaderLength..], principals, authority);
        return true;
    }

    /// <summary>The type of the key in a certificate of this type, and how many fields such a key has; null for other types.</summary>
    private static (byte[] Type, int Fields)? KeyTypeOf(ReadOnlySpan<byte> type)
    {
        const string suffix = "-cert-v01@openssh.com";
        string name = Encoding.ASCII.GetString(type);
        return !name.EndsWith(suffix, StringComparison.Ordinal) ? null : name[..^suffix.Length] switch
        {
            "ssh-ed25519" => ("ssh-ed25519"u8.ToArray(), 1),
            "ssh-rsa" => ("ssh-rsa"u8.ToArray(), 2),
            "ssh-dss" => ("ssh-dss"u8.ToArray(), 4),
            "sk-ssh-ed25519" => ("sk-ssh-ed25519@openssh.com"u8.ToArray(), 2),
            "sk-ecdsa-sha2-nistp256" => ("sk-ecdsa-sha2-nistp256@openssh.com"u8.ToArray(), 3),
            var curve when curve.StartsWith("ecdsa-sha2-", StringComparison.Ordinal) => (Encoding.ASCII.GetBytes(curve), 2),
            _ => null,
        };
    }
}
