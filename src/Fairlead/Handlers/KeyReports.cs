using System.Text;
using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Protocol;

namespace Fairlead.Handlers;

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
                Type = KeyFingerprint.TypeOf(entry.KeyBlob),
                Fingerprint = KeyFingerprint.Of(entry.KeyBlob),
                Comment = Encoding.UTF8.GetString(entry.Comment),
            });
        }

        return keys;
    }
}
