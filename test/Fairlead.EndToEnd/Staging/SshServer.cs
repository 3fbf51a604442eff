using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>A real sshd on loopback, with its own host key, its own list of keys, and nothing of the machine's sshd.</summary>
internal sealed partial class SshServer : IAsyncDisposable
{
    /// <summary>Another sshd than the distribution's may be tried, such as one of a newer OpenSSH.</summary>
    private static readonly string Program = Environment.GetEnvironmentVariable("FAIRLEAD_SSHD") ?? "/usr/sbin/sshd";

    private readonly LongRunning sshd;

    private SshServer(string name, string folder, int port, LongRunning sshd)
    {
        Name = name;
        Folder = folder;
        Port = port;
        this.sshd = sshd;
    }

    public string Name { get; }

    public string Folder { get; }

    public int Port { get; }

    public string Log => sshd.Said;

    public string AuthorizedKeys => Path.Combine(Folder, "authorized_keys");

    public static Task<SshServer> Start(string stageFolder, string name, params Account[] allowed) =>
        Start(stageFolder, name, command => command, allowed);

    /// <param name="surround">What the server, and with it every login, runs inside.</param>
    public static Task<SshServer> Start(string stageFolder, string name, Func<Invocation, Invocation> surround, params Account[] allowed) =>
        Start(stageFolder, name, surround, [], allowed);

    /// <param name="addresses">Where it listens beside loopback.</param>
    public static Task<SshServer> Start(
        string stageFolder, string name, Func<Invocation, Invocation> surround, string[] addresses, params Account[] allowed) =>
        Start(stageFolder, name, surround, addresses, "", allowed);

    /// <param name="settings">Lines for its sshd_config that come before all others, so that they hold.</param>
    public static Task<SshServer> Start(string stageFolder, string name, string settings, params Account[] allowed) =>
        Start(stageFolder, name, command => command, [], settings, allowed);

    private static async Task<SshServer> Start(
        string stageFolder, string name, Func<Invocation, Invocation> surround, string[] addresses, string settings, Account[] allowed)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stageFolder, name)).FullName;
        await SshKey.Create(HostKey(folder), name);
        await File.WriteAllTextAsync(Path.Combine(folder, "authorized_keys"), "");
        while (true)
        {
            // The port is free when it is picked and may be taken before sshd has it: then another one is picked.
            int port = PickPort();
            await File.WriteAllTextAsync(Path.Combine(folder, "sshd_config"), settings + "\n" + Settings(folder, port, addresses, allowed));
            var sshd = LongRunning.Start(surround(Invocation.Of(Program, "-D", "-e", "-f", Path.Combine(folder, "sshd_config")).WithOnly()));
            if (await sshd.Says(Listening()) is not null)
            {
                return new(name, folder, port, sshd);
            }
            string said = sshd.Said;
            await sshd.DisposeAsync();
            if (!said.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"sshd for {name} did not start: {said}");
            }
        }
    }

    /// <summary>How clients know it.</summary>
    public SshEndpoint Endpoint => new(Name, Port, File.ReadAllText(HostKey(Folder) + ".pub").Trim());

    public Task Allow(string publicKey, string options = "") =>
        File.AppendAllTextAsync(AuthorizedKeys, $"{options} {publicKey}\n".TrimStart());

    public ValueTask DisposeAsync() => sshd.DisposeAsync();

    private static string HostKey(string folder) => Path.Combine(folder, "host_key");

    private static string Settings(string folder, int port, string[] addresses, Account[] allowed) =>
        $"""
        {string.Join('\n', addresses.Prepend("127.0.0.1").Select(address => $"ListenAddress {address}"))}
        Port {port}
        HostKey {HostKey(folder)}
        AuthorizedKeysFile {folder}/authorized_keys
        AllowUsers {string.Join(' ', allowed.Select(account => account.Name))}
        AcceptEnv SSH_AUTH_SOCK KRB5CCNAME WAYLAND_DISPLAY
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        KexAlgorithms curve25519-sha256
        MaxStartups 500
        MaxSessions 100
        PidFile none
        PrintLastLog no
        PrintMotd no
        StreamLocalBindMask 0177
        StreamLocalBindUnlink no
        StrictModes no
        Subsystem sftp /usr/lib/openssh/sftp-server
        UseDNS no
        UsePAM no
        X11Forwarding yes
        """;

    public static int PickPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("Server listening on 127")]
    private static partial Regex Listening();
}
