using Fairlead.Bench.Clients;

namespace Fairlead.Bench.Staging;

/// <summary>A fairlead in the foreground, with a discovery folder of the bench's own.</summary>
internal sealed record Daemon(string Socket, int Pid)
{
    private const string ConfigName = "config.toml";

    /// <param name="discovery">Where it looks for agents: a folder, or several with colons between them.</param>
    public static Daemon Start(Stage stage, string discovery, string settings = "")
    {
        Daemon daemon = StartUnasked(stage, discovery, settings);
        Await.Until(() => Question.ReadList(daemon.Socket).Length > 0, "the first answer of fairlead", stage.Stop);
        return daemon;
    }

    /// <summary>One that listens and has answered nobody yet.</summary>
    public static Daemon StartUnasked(Stage stage, string discovery, string settings = "")
    {
        string[] words = Prepare(stage, discovery, out string socket, settings);
        Child child = stage.Keep(Child.Start(stage.Environment, words));
        Await.Until(() => CanConnect(socket), "fairlead's socket", stage.Stop);
        return new Daemon(socket, child.Pid);
    }

    /// <summary>The command that starts one, for those who measure the start.</summary>
    public static string[] Prepare(Stage stage, string discovery, out string socket, string settings = "")
    {
        string folder = stage.NewFolder(Path.GetFileName(stage.NewPath("daemon")));
        string config = Path.Join(folder, ConfigName);
        File.WriteAllText(config, Settings(discovery, settings));
        socket = Path.Join(folder, "agent.sock");
        return [stage.Options.Binary, "daemon", "--config", config, "--socket", socket];
    }

    /// <summary>One in its usual place, where commands find it without any option.</summary>
    public static Daemon StartAtHome(Stage stage, string discovery)
    {
        File.WriteAllText(Path.Join(stage.NewFolder("home/.config/fairlead"), ConfigName), Settings(discovery));
        _ = stage.NewFolder("home/.ssh");
        string socket = Command.Run(stage.Environment, stage.Options.Binary, "path").Trim();
        Child child = stage.Keep(Child.Start(stage.Environment, stage.Options.Binary, "daemon"));
        Await.Until(() => Question.ReadList(socket).Length > 0, "the first answer of fairlead at home", stage.Stop);
        return new Daemon(socket, child.Pid);
    }

    /// <summary>Where commands ask one that has a folder of the bench's.</summary>
    public string Control => Path.ChangeExtension(Socket, ".ctl");

    /// <summary>The files that one makes in a folder of the bench's: its sockets and its state.</summary>
    public int CountFiles() =>
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Socket)!).Count(path => Path.GetFileName(path) != ConfigName);

    public Relay AsRelay() => new(Relay.Fairlead, Socket, Pid);

    private static string Settings(string discovery, string more = "") =>
        $"[discovery]\nfolders = [{string.Join(", ", discovery.Split(':').Select(folder => $"\"{folder}\""))}]\n{more}\n";

    private static bool CanConnect(string socket)
    {
        using var client = AgentClient.Connect(socket);
        return client.IsConnected;
    }
}
