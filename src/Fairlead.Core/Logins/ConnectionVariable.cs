using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Fairlead.Core.Logins;

/// <summary>
/// SSH_CONNECTION, which sshd sets for every process of a login: client address, client port, server address, server port (ssh(1)).
/// </summary>
internal static class ConnectionVariable
{
    public const string Name = "SSH_CONNECTION";

    /// <summary>The variable's value in an environment of NAME=value strings; null when it is unset or empty.</summary>
    public static string? ValueIn(string[]? environment) => EnvironmentBlock.Find(environment, Name);

    /// <summary>The client's address in such a value.</summary>
    public static string? ClientAddressOf(string? value) => value?.Split(' ')[0] is { Length: > 0 } address ? address : null;

    /// <summary>Whether the connection comes from the machine itself: typing there is also typing at another of its terminals.</summary>
    public static bool IsFromHere(string? value) => value?.Split(' ') is [var client, _, var server, ..] && client == server;

    /// <summary>The two ends of the login's TCP connection.</summary>
    /// <returns>False if the server had no such ends ("UNKNOWN 65535": a proxy's pipe, inetd), and for any other value.</returns>
    public static bool TryReadEnds(string? value, [NotNullWhen(true)] out IPEndPoint? client, [NotNullWhen(true)] out IPEndPoint? server)
    {
        client = null;
        server = null;
        if (value?.Split(' ') is not [var from, var fromPort, var to, var toPort])
        {
            return false;
        }

        client = EndOf(from, fromPort);
        server = EndOf(to, toPort);
        return client is not null && server is not null;
    }

    private static IPEndPoint? EndOf(string address, string port) =>
        IPAddress.TryParse(address, out IPAddress? parsed) && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? new IPEndPoint(parsed, number)
            : null;
}
