namespace Fairlead.Protocol;

/// <summary>Whether a public key is written as every agent lists it. ssh-agent also accepts other spellings of a key that it has.</summary>
public static class KeyEncoding
{
    private static ReadOnlySpan<byte> Uncompressed => [4];

    /// <summary>
    /// False for a key that may be another one in disguise: with a name that only means its type ("RSA", "rsa-sha2-256"; sshkey.c,
    /// sshkey_type_from_name()), with superfluous zeros in its numbers, or with bytes left over. Types of the future have an "@" in their
    /// name, or are not known.
    /// </summary>
    /// <param name="blob">A key, or a certificate: then the key in it.</param>
    public static bool IsUsual(ReadOnlySpan<byte> blob)
    {
        var reader = new WireReader(Certificate.KeyOf(blob));
        if (!reader.TryReadString(out ReadOnlySpan<byte> type))
        {
            return false;
        }

        bool isUsual = type.SequenceEqual("ssh-ed25519"u8) ? reader.TryReadString(out _)
            : type.SequenceEqual("ssh-rsa"u8) ? AreNumbers(ref reader, 2)
            : type.SequenceEqual("ssh-dss"u8) ? AreNumbers(ref reader, 4)
            : type.StartsWith("ecdsa-sha2-nistp"u8) ? IsPoint(ref reader)
            : type.SequenceEqual("sk-ssh-ed25519@openssh.com"u8) ? reader.TryReadString(out _) && reader.TryReadString(out _)
            : type.SequenceEqual("sk-ecdsa-sha2-nistp256@openssh.com"u8) ? IsPoint(ref reader) && reader.TryReadString(out _)
            : type.IndexOf((byte)'@') > 0 && !type.StartsWith("webauthn-"u8) && !type.StartsWith("rsa-"u8) && SkipAll(ref reader);
        return isUsual && reader.Remaining == 0;
    }

    private static bool AreNumbers(ref WireReader reader, int count)
    {
        for (int number = 0; number < count; number++)
        {
            if (!reader.TryReadString(out ReadOnlySpan<byte> value) || value.IsEmpty || value is [0, < 0x80, ..] or [0])
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPoint(ref WireReader reader) =>
        reader.TryReadString(out _) && reader.TryReadString(out ReadOnlySpan<byte> point) && point.StartsWith(Uncompressed);

    private static bool SkipAll(ref WireReader reader)
    {
        while (reader.TryReadString(out _))
        {
        }

        return true;
    }
}
