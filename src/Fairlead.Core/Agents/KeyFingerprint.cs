using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Protocol;

namespace Fairlead.Core.Agents;

/// <summary>How a person recognises a public key.</summary>
internal static class KeyFingerprint
{
    /// <summary>"SHA256:..." as ssh-keygen -l prints it: for a certificate, that of its key (sshkey.c, sshkey_fingerprint_raw()).</summary>
    public static string Of(ReadOnlySpan<byte> keyBlob) => "SHA256:" + Convert.ToBase64String(Checksum.Of(Certificate.KeyOf(keyBlob))).TrimEnd('=');

    /// <summary>A key blob begins with its type (RFC 4253, section 6.6).</summary>
    public static string TypeOf(ReadOnlySpan<byte> keyBlob)
    {
        var reader = new WireReader(keyBlob);
        return reader.TryReadString(out ReadOnlySpan<byte> type) ? Encoding.UTF8.GetString(type) : "";
    }
}
