using System.Net;

namespace Fairlead.Settings;

/// <summary>An address as sshd names a client by it in SSH_CONNECTION: always numbers (getnameinfo(3), NI_NUMERICHOST), and with the interface where it is of one link.</summary>
internal static class ClientAddress
{
    /// <summary>What sshd says where there is none (OpenSSH canohost.c).</summary>
    private const string Unknown = "UNKNOWN";

    public const string Hint = "write one address, as 'fairlead status' shows it";

    /// <summary>The mistake, for what <see cref="Parse"/> refuses.</summary>
    public static string Refuse(string text) => $"'{text}' is not a client's address";

    /// <returns>Null for what no client ever has: a name, a network.</returns>
    public static string? Parse(string text)
    {
        string[] parts = text.Split('%', 2);
        return text == Unknown ? text
            : IPAddress.TryParse(parts[0], out IPAddress? address) ? string.Join('%', [address.ToString(), .. parts[1..]])
            : null;
    }
}
