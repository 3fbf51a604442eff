using System.Security.Cryptography;
using System.Text;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>New host keys, and what they sign, in SSH's forms (RFC 4253, section 6.6; RFC 5656, section 3.1; RFC 8332).</summary>
internal static class HostKeys
{
    public static (byte[] Key, byte[] Signature) Sign(string algorithm, byte[] data) => algorithm switch
    {
        "rsa-sha2-256" => ByRsa(algorithm, data, HashAlgorithmName.SHA256),
        "rsa-sha2-512" => ByRsa(algorithm, data, HashAlgorithmName.SHA512),
        "ecdsa-sha2-nistp256" => ByEcdsa("nistp256", data, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
        "ecdsa-sha2-nistp384" => ByEcdsa("nistp384", data, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
        _ => ByEcdsa("nistp521", data, ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512),
    };

    private static (byte[] Key, byte[] Signature) ByRsa(string algorithm, byte[] data, HashAlgorithmName hash)
    {
        using var rsa = RSA.Create(2048);
        RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: false);
        WireWriter key = new WireWriter().WriteString("ssh-rsa"u8).WriteString(Number(numbers.Exponent!)).WriteString(Number(numbers.Modulus!));
        return (Bare(key), Bare(new WireWriter().WriteString(Bytes(algorithm)).WriteString(rsa.SignData(data, hash, RSASignaturePadding.Pkcs1))));
    }

    private static (byte[] Key, byte[] Signature) ByEcdsa(string curve, byte[] data, ECCurve named, HashAlgorithmName hash)
    {
        using var ecdsa = ECDsa.Create(named);
        ECParameters numbers = ecdsa.ExportParameters(includePrivateParameters: false);
        byte[] type = Bytes($"ecdsa-sha2-{curve}");
        WireWriter key = new WireWriter().WriteString(type).WriteString(Bytes(curve)).WriteString([4, .. numbers.Q.X!, .. numbers.Q.Y!]);
        byte[] pair = ecdsa.SignData(data, hash);
        WireWriter both = new WireWriter().WriteString(Number(pair[..(pair.Length / 2)])).WriteString(Number(pair[(pair.Length / 2)..]));
        return (Bare(key), Bare(new WireWriter().WriteString(type).WriteString(Bare(both))));
    }

    /// <summary>A positive mpint (RFC 4251, section 5).</summary>
    private static byte[] Number(byte[] digits)
    {
        byte[] bare = [.. digits.SkipWhile(digit => digit == 0)];
        return bare[0] >= 0x80 ? [0, .. bare] : bare;
    }

    private static byte[] Bare(WireWriter writer) => writer.ToFrame()[AgentFrame.HeaderLength..];

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
