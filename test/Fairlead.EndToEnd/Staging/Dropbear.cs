using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>Dropbear in the place of sshd: its sockets are called otherwise, and only what a login names of them is found.</summary>
internal static partial class Dropbear
{
    private const string Name = "dropbear";

    public static async Task<OtherSshServer> Start(Stage stage)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stage.Folder, Name)).FullName;
        string hostKey = Path.Combine(folder, "host_key");
        Finished made = (await Invocation.Of("dropbearkey", "-t", "ed25519", "-f", hostKey).Run()).Succeeded();
        string publicKey = made.Output.Split('\n').First(line => line.StartsWith("ssh-ed25519 ", StringComparison.Ordinal));
        await stage.Person.Write(".ssh/authorized_keys", await File.ReadAllTextAsync(stage.Gateway.AuthorizedKeys), "600");
        while (true)
        {
            // The port is free when it is picked and may be taken before the server has it: then another one is picked.
            int port = SshServer.PickPort();
            var server = LongRunning.Start(Invocation.Of("dropbear", "-F", "-E", "-s", "-r", hostKey, "-P", "", "-p", $"127.0.0.1:{port}").WithOnly());
            if (await server.Says(ListeningOrNot()) is { Value: "Not backgrounding" })
            {
                return new OtherSshServer(server, new SshEndpoint(Name, port, publicKey.Trim()));
            }
            await server.DisposeAsync();
        }
    }

    [GeneratedRegex("Not backgrounding|Address already in use")]
    private static partial Regex ListeningOrNot();
}
