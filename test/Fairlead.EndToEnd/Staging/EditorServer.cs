using System.Text.RegularExpressions;

namespace Fairlead.EndToEnd.Staging;

/// <summary>An editor's or coding agent's server on the gateway, started from a login, and the programs that connect laptops with it.</summary>
internal sealed partial class EditorServer
{
    private readonly Stage stage;
    private readonly News news;
    private readonly string socket;

    private EditorServer(Stage stage, News news, string socket)
    {
        this.stage = stage;
        this.news = news;
        this.socket = socket;
    }

    /// <param name="way">How it runs what it is told to: see editor-server.py.</param>
    public static async Task<EditorServer> Start(Stage stage, Login login, string way)
    {
        News news = stage.Keep(new News(Path.Combine(stage.Folder, "news")));
        string socket = Path.Combine(stage.Person.Home, "server.sock");
        string script = stage.Person.InHome("editor-server.py");
        await stage.Person.Write("editor-server.py", await File.ReadAllTextAsync(PythonScript.PathOf("editor-server")));
        (int exitCode, string output) = await login.Ask($"{PythonScript.Program} {script} {socket} {way} {news.Path}");
        return exitCode == 0 ? new EditorServer(stage, news, socket) : throw new InvalidOperationException(output);
    }

    /// <summary>As an editor does it: a program without a terminal, between a connection of ssh and the server.</summary>
    public async Task<LongRunning> Connect(Laptop laptop)
    {
        string input = Path.Combine(stage.Folder, $"input-{stage.NextTurn()}");
        string ssh = $"ssh -F {laptop.SshConfig} -A -T gateway 'exec socat - UNIX-CONNECT:{socket}'";
        LongRunning proxy = LongRunning.Start(laptop.Command("sh", "-c", $"mkfifo {input}; exec {ssh} <>{input}"));
        _ = await proxy.Says(Here()) ?? throw new InvalidOperationException($"the server was not reached: {proxy.Said}");
        return stage.Keep(proxy);
    }

    /// <summary>Closes a connection, and waits until the server has seen that.</summary>
    public async Task Leave(LongRunning proxy)
    {
        int before = news.Length;
        using ProcessHandle? client = ProcessHandle.Open(proxy.ProcessId);
        client?.Kill();
        await news.Tells("one left", before);
    }

    /// <summary>The key that web01 sees when the server runs ssh. Who tells it to is in no login.</summary>
    public async Task<string> KeySeenByWeb01()
    {
        int turn = stage.NextTurn();
        string command = $"ssh -n web01 {turn} >{news.Path} 2>&1 || echo turn {turn} failed >{news.Path}";
        (await stage.AsPerson("sh", "-c", $"echo '{command}' | socat -t 60 - UNIX-CONNECT:{socket}")).Succeeded();
        Match told = await news.Tells($@"web01 saw (\S+) in turn {turn}\b|turn {turn} failed");
        return told.Groups[1].Value;
    }

    [GeneratedRegex("here")]
    private static partial Regex Here();
}
