using System.Net.Sockets;
using Fairlead.Bench.Clients;

namespace Fairlead.Bench.Staging;

/// <summary>A number of live logins with an agent each, a fairlead that sees them, and callers in several places.</summary>
/// <param name="Count">The logins.</param>
/// <param name="Direct">The socket of the first login's agent.</param>
/// <param name="Callers">The probes, by the names below.</param>
internal sealed record LoginFarm(int Count, int Stale, string Direct, Daemon Daemon, IReadOnlyDictionary<string, ProbeLine> Callers)
{
    public const string OwnLogin = "own login";
    public const string Reparented = "reparented";
    public const string Tmux = "tmux";

    /// <summary>Logins that look at the session of tmux.</summary>
    private const int MaxAttached = 3;

    public static readonly IReadOnlyList<string> Places = [OwnLogin, Reparented, Tmux];

    public static LoginFarm Start(Stage stage, int count, int stale) =>
        Start(stage, count, stale, panes: 1, discovery => Daemon.Start(stage, discovery));

    /// <param name="panes">Of the session that the first logins look at.</param>
    /// <param name="startDaemon">Is given the folder of the logins, and starts the fairlead that sees them.</param>
    public static LoginFarm Start(Stage stage, int count, int stale, int panes, Func<string, Daemon> startDaemon)
    {
        string discovery = stage.NewFolder(Path.GetFileName(stage.NewPath("logins")));
        string call = stage.NewPath("call");
        using Socket listener = Listen(call);
        string tmux = StartTmux(stage, $"exec {ProbeCommand(Tmux, call)}");
        Logins.Start(stage, discovery, count, [$"sh -c '{ProbeCommand(OwnLogin, call)} & tmux -S {tmux} attach; wait'", .. Attaching(tmux, count)]);
        StartReparented(stage, call, Math.Min(2, count));
        Dictionary<string, ProbeLine> callers = ProbeLine.Accept(listener, Places.Count, stage.Stop);
        foreach (ProbeLine caller in callers.Values)
        {
            _ = stage.Keep(caller);
        }

        Await.Until(
            () => Command.Run(stage.Environment, "tmux", "-S", tmux, "list-clients").Count(letter => letter == '\n') == Math.Min(MaxAttached, count),
            "the clients of tmux",
            stage.Stop);
        OpenWindows(stage, tmux, panes - 1);
        StaleFolders.Make(discovery, stale);
        return new LoginFarm(count, stale, Logins.AgentOf(discovery, 1), startDaemon(discovery), callers);
    }

    private static Socket Listen(string path)
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    private static string StartTmux(Stage stage, string command)
    {
        string socket = stage.NewPath("tmux");
        Child.Start(stage.Environment, "tmux", "-S", socket, "-f", "/dev/null", "new-session", "-d", command).WaitForEnd();
        _ = stage.Keep(new TmuxEnd(stage.Environment, socket));
        return socket;
    }

    /// <summary>With a pane each, in which nothing happens.</summary>
    private static void OpenWindows(Stage stage, string tmux, int count)
    {
        string commands = stage.NewPath("windows");
        File.WriteAllLines(commands, Enumerable.Repeat("new-window -d 'exec sleep 100000000'", count));
        _ = Command.Run(stage.Environment, "tmux", "-S", tmux, "source-file", commands);
    }

    private static IEnumerable<string> Attaching(string tmux, int count) =>
        Enumerable.Repeat($"tmux -S {tmux} attach", Math.Min(MaxAttached, count) - 1);

    /// <summary>A job that was started in a login and is a child of init now; what it was started with still says where it came from.</summary>
    private static void StartReparented(Stage stage, string call, int login) => Child.Start(
        [.. stage.Environment, $"SSH_CONNECTION=10.1.0.{1 + login} 50000 10.0.0.1 22"],
        ["setsid", "--fork", "sh", "-c", $"exec {ProbeCommand(Reparented, call)}"]).WaitForEnd();

    private static string ProbeCommand(string name, string call) => $"{Environment.ProcessPath} probe \"{name}\" {call}";
}
