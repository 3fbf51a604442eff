namespace Fairlead.EndToEnd.Staging;

/// <summary>Where an SSH server listens, on loopback unless it is said, and the key it is known by.</summary>
/// <param name="HostKey">The public half, as ssh-keygen writes it.</param>
internal sealed record SshEndpoint(string Name, int Port, string HostKey)
{
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The line by which a client recognises this server, under its name.</summary>
    public string KnownHostsLine => $"{Name},[127.0.0.1]:{Port} {HostKey}\n";

    /// <summary>How a client's configuration names this server.</summary>
    public string ClientSettings(string user, string knownHosts) =>
        $"""
        Host {Name}
            HostName {Address.Replace("%", "%%", StringComparison.Ordinal)}
            Port {Port}
            User {user}
            HostKeyAlias {Name}
            UserKnownHostsFile {knownHosts}
            GlobalKnownHostsFile /dev/null
            StrictHostKeyChecking yes
            BatchMode yes
            PreferredAuthentications publickey
            LogLevel ERROR

        """;
}
