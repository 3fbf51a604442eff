using System.Text;
using Fairlead.Core.Control;
using Fairlead.Protocol;
using Org.BouncyCastle.Crypto.Digests;

namespace Fairlead.Daemon;

/// <summary>Describes an agent's keys as <c>ssh-add -l</c> does.</summary>
internal static class KeyReports
{
    /// <summary>Null for anything but a list of keys.</summary>
    public static IReadOnlyList<KeyReport>? Read(ReadOnlySpan<byte> message)
    {
        if (!IdentitiesAnswer.TryRead(message, out IdentitiesAnswer answer))
        {
            return null;
        }

        var keys = new List<KeyReport>();
        foreach (IdentityEntry entry in answer)
        {
            keys.Add(new KeyReport
            {
                Type = TypeOf(entry.KeyBlob),
                Fingerprint = Fingerprint(entry.KeyBlob),
                Comment = Encoding.UTF8.GetString(entry.Comment),
            });
        }

        return keys;
    }

    /// <summary>A key blob begins with its type (RFC 4253, section 6.6).</summary>
    private static string TypeOf(ReadOnlySpan<byte> keyBlob)
    {
        var reader = new WireReader(keyBlob);
        return reader.TryReadString(out ReadOnlySpan<byte> type) ? Encoding.UTF8.GetString(type) : "";
    }

    /// <summary>As ssh-keygen -l prints it.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> keyBlob)
    {
        var sha256 = new Sha256Digest();
        byte[] digest = new byte[sha256.GetDigestSize()];
        sha256.BlockUpdate(keyBlob);
        sha256.DoFinal(digest, 0);
        return "SHA256:" + Convert.ToBase64String(digest).TrimEnd('=');
    }
}
