using System.Globalization;
using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// An SSH server of the person's that is one process for all logins (asyncssh), as Tailscale's and Teleport's are: it listens for every login's agent itself.
/// </summary>
internal static partial class OneProcessServer
{
    private const string Name = "one";

    public static async Task<OtherSshServer> Start(Stage stage)
    {
        string folder = Directory.CreateDirectory(Path.Combine(stage.Folder, Name)).FullName;
        string hostKey = (await SshKey.Create(Path.Combine(folder, "host_key"), Name)).Path;
        await stage.Person.Own(hostKey, "600");
        File.Copy(stage.Gateway.AuthorizedKeys, Path.Combine(folder, "authorized_keys"));
        string script = PythonScript.PathOf("one-process-server");
        LongRunning server = LongRunning.Start(
            Invocation.Of(PythonScript.Program, "-W", "ignore", script, folder, stage.Person.Home, stage.Person.Name).As(stage.Person));
        Match listening = await server.Says(Listening()) ?? throw new InvalidOperationException($"the server did not start: {server.Said}");
        int port = int.Parse(listening.Groups[1].Value, CultureInfo.InvariantCulture);
        return new OtherSshServer(server, new SshEndpoint(Name, port, (await File.ReadAllTextAsync(hostKey + ".pub")).Trim()));
    }

    [GeneratedRegex(@"listening on port (\d+)")]
    private static partial Regex Listening();
}
