using System.Text;
using Fairlead.Protocol;
using Org.BouncyCastle.Crypto.Digests;

namespace Fairlead.Core.Agents;

/// <summary>What a person knows a public key by.</summary>
internal static class KeyFingerprint
{
    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public static string Of(ReadOnlySpan<byte> keyBlob)
    {
        var sha256 = new Sha256Digest();
        byte[] digest = new byte[sha256.GetDigestSize()];
        sha256.BlockUpdate(keyBlob);
        sha256.DoFinal(digest, 0);
        return "SHA256:" + Convert.ToBase64String(digest).TrimEnd('=');
    }

    /// <summary>A key blob begins with its type (RFC 4253, section 6.6).</summary>
    public static string TypeOf(ReadOnlySpan<byte> keyBlob)
    {
        var reader = new WireReader(keyBlob);
        return reader.TryReadString(out ReadOnlySpan<byte> type) ? Encoding.UTF8.GetString(type) : "";
    }
}
