using Fairlead.Protocol;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Fairlead.Core.Relay;

/// <summary>
/// Verifies that the server with a session-bind's host key has signed the session. Agents verify it as well, but an agent's word is not
/// enough: a program can forward an agent of its own that accepts any bind.
/// </summary>
internal static class BindSignature
{
    /// <summary>False for a signature by another key, and for types of keys that hosts do not use.</summary>
    public static bool IsGenuine(SessionBind bind)
    {
        var signature = new WireReader(bind.Signature);
        var key = new WireReader(Certificate.KeyOf(bind.HostKey));
        if (!signature.TryReadString(out ReadOnlySpan<byte> algorithm) || !signature.TryReadString(out ReadOnlySpan<byte> value) || !key.TryReadString(out ReadOnlySpan<byte> type))
        {
            return false;
        }

        byte[] session = bind.SessionId.ToArray();
        try
        {
            return type.SequenceEqual("ssh-ed25519"u8) ? algorithm.SequenceEqual(type) && IsByEd25519(key, session, value)
                : type.SequenceEqual("ssh-rsa"u8) ? DigestOf(algorithm) is IDigest digest && IsByRsa(key, digest, session, value)
                : type.StartsWith("ecdsa-sha2-"u8) && algorithm.SequenceEqual(type) && IsByEcdsa(type, key, session, value);
        }
        catch (Exception fault) when (fault is ArgumentException or ArithmeticException or CryptoException or InvalidOperationException or FormatException)
        {
            return false; // numbers that are no key
        }
    }

    private static bool IsByEd25519(WireReader key, byte[] session, ReadOnlySpan<byte> value) =>
        key.TryReadString(out ReadOnlySpan<byte> point)
        && point.Length == Ed25519.PublicKeySize
        && value.Length == Ed25519.SignatureSize
        && Ed25519.Verify(value.ToArray(), 0, point.ToArray(), 0, session, 0, session.Length);

    private static bool IsByRsa(WireReader key, IDigest digest, byte[] session, ReadOnlySpan<byte> value)
    {
        if (!key.TryReadString(out ReadOnlySpan<byte> exponent) || !key.TryReadString(out ReadOnlySpan<byte> modulus))
        {
            return false;
        }

        var signer = new RsaDigestSigner(digest);
        signer.Init(forSigning: false, new RsaKeyParameters(isPrivate: false, new BigInteger(1, modulus.ToArray()), new BigInteger(1, exponent.ToArray())));
        signer.BlockUpdate(session, 0, session.Length);
        return signer.VerifySignature(value.ToArray());
    }

    private static bool IsByEcdsa(ReadOnlySpan<byte> type, WireReader key, byte[] session, ReadOnlySpan<byte> value)
    {
        var numbers = new WireReader(value);
        if (!key.TryReadString(out _) || !key.TryReadString(out ReadOnlySpan<byte> point)
            || !numbers.TryReadString(out ReadOnlySpan<byte> r) || !numbers.TryReadString(out ReadOnlySpan<byte> s)
            || CurveOf(type) is not var (known, digest))
        {
            return false;
        }

        ECDomainParameters domain = known.ToDomain();
        var signer = new ECDsaSigner();
        signer.Init(forSigning: false, new ECPublicKeyParameters(domain.Curve.DecodePoint(point.ToArray()), domain));
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.BlockUpdate(session, 0, session.Length);
        digest.DoFinal(hash, 0);
        return signer.VerifySignature(hash, new BigInteger(1, r.ToArray()), new BigInteger(1, s.ToArray()));
    }

    /// <summary>RFC 8332, section 3. SHA-1 is not accepted, as OpenSSH does not since 8.8.</summary>
    private static IDigest? DigestOf(ReadOnlySpan<byte> algorithm) =>
        algorithm.SequenceEqual("rsa-sha2-256"u8) ? new Sha256Digest()
        : algorithm.SequenceEqual("rsa-sha2-512"u8) ? new Sha512Digest()
        : null;

    /// <summary>RFC 5656, section 6.2.1.</summary>
    private static (PrimeCurve Curve, IDigest Digest)? CurveOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("ecdsa-sha2-nistp256"u8) ? (PrimeCurve.P256, new Sha256Digest())
        : type.SequenceEqual("ecdsa-sha2-nistp384"u8) ? (PrimeCurve.P384, new Sha384Digest())
        : type.SequenceEqual("ecdsa-sha2-nistp521"u8) ? (PrimeCurve.P521, new Sha512Digest())
        : null;
}
