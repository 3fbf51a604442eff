using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace Fairlead.Core.Agents;

/// <summary>
/// The ten characters that OpenSSH 10.1 and later put into the names of agent sockets, so that hosts that share a home do not take each
/// other's sockets (misc-agent.c, agent_hostname_hash()).
/// </summary>
internal static class HostHash
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const int Length = 10;

    /// <param name="hostName">As gethostname(2) gives it.</param>
    public static string Of(string hostName)
    {
        byte[] name = Encoding.UTF8.GetBytes(hostName);
        var digest = new Sha512Digest();
        digest.BlockUpdate(name, 0, name.Length);
        byte[] hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return string.Create(Length, hash, static (characters, hash) =>
        {
            for (int i = 0; i < characters.Length; i++)
            {
                characters[i] = Alphabet[hash[i] % Alphabet.Length];
            }
        });
    }
}
