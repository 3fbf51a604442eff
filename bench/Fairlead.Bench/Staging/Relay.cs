using Fairlead.Bench.Clients;

namespace Fairlead.Bench.Staging;

/// <summary>One way to the agent: its own socket, or a process in between.</summary>
/// <param name="Pid">Of the process in between; of the agent for "direct".</param>
internal sealed record Relay(string Name, string Socket, int Pid)
{
    public const string Direct = "direct";
    public const string Fairlead = "fairlead";
    public const string Floor = "floor";

    /// <summary>All of a run, in the order in which they take turns.</summary>
    public static IReadOnlyList<Relay> StartAll(Stage stage) =>
    [
        new Relay(Direct, stage.AgentPath, stage.AgentPid),
        .. Commands(stage).Select(relay => Start(stage, relay.Name, relay.Command)),
        Daemon.Start(stage, stage.Discovery).AsRelay(),
    ];

    /// <summary>A relay of a command line, without the shell's quoting: its words are what stands between spaces.</summary>
    public static string[] Words(Stage stage, string command, string listen) =>
    [
        .. command.Split(' ').Select(word => word
            .Replace("{floor}", stage.Options.Floor, StringComparison.Ordinal)
            .Replace("{listen}", listen, StringComparison.Ordinal)
            .Replace("{agent}", stage.AgentPath, StringComparison.Ordinal)),
    ];

    public static IEnumerable<(string Name, string Command)> Commands(Stage stage) =>
        [(Floor, "{floor} {listen} {agent}"), ("socat", "socat UNIX-LISTEN:{listen},fork UNIX-CONNECT:{agent}"), .. stage.Options.Relays];

    private static Relay Start(Stage stage, string name, string command)
    {
        string socket = stage.NewPath("relay");
        Child child = stage.Keep(Child.Start([.. stage.Environment, $"SSH_AUTH_SOCK={stage.AgentPath}"], Words(stage, command, socket)));
        Await.Until(() => Question.ReadList(socket).Length > 0, $"the first answer of {name}", stage.Stop);
        return new Relay(name, socket, child.Pid);
    }
}
