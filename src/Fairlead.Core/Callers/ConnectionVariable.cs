namespace Fairlead.Core.Callers;

/// <summary>SSH_CONNECTION, which sshd sets for every process of a login: client address, client port, server address, server port (ssh(1)).</summary>
internal static class ConnectionVariable
{
    private const string Prefix = "SSH_CONNECTION=";

    /// <summary>The client's address from an environment of NAME=value strings; null when it names none.</summary>
    public static string? ClientAddressIn(string[]? environment)
    {
        string? value = Array.Find(environment ?? [], entry => entry.StartsWith(Prefix, StringComparison.Ordinal));
        string? address = value?[Prefix.Length..].Split(' ')[0];
        return string.IsNullOrEmpty(address) ? null : address;
    }
}
