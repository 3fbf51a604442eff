namespace Fairlead.Protocol;

/// <summary>A public key as text, "TYPE BASE64 COMMENT" (sshd(8), AUTHORIZED_KEYS FILE FORMAT, without its options).</summary>
public static class PublicKeyLine
{
    /// <returns>The key blob; null for anything else. Does not check that its type is TYPE.</returns>
    public static byte[]? BlobIn(string line)
    {
        if (line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries) is not [_, var key, ..])
        {
            return null;
        }

        byte[] blob = new byte[key.Length];
        return Convert.TryFromBase64String(key, blob, out int length) && length > 0 ? blob[..length] : null;
    }
}
