using Org.BouncyCastle.Crypto.Digests;

namespace Fairlead.Core.Linux.Files;

/// <summary>SHA-256 (FIPS 180-4). .NET's own needs OpenSSL's library, which a static executable cannot load.</summary>
internal static class Checksum
{
    /// <returns>32 bytes.</returns>
    public static byte[] Of(ReadOnlySpan<byte> bytes)
    {
        var sha256 = new Sha256Digest();
        byte[] digest = new byte[sha256.GetDigestSize()];
        sha256.BlockUpdate(bytes);
        sha256.DoFinal(digest, 0);
        return digest;
    }

    /// <returns>64 hexadecimal digits, as sha256sum(1) prints them.</returns>
    public static string HexOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(Of(bytes));
}
