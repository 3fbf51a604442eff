using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// What each login waits for in bash: the rc line of fairlead, and the symbolic link that it replaces. All three shells take turns; what bash itself
/// costs is taken off.
/// </summary>
internal sealed class ShellPart : IPart
{
    private const string Nothing = "nothing";
    private const string Link = "link";
    private const string RemoveAndLink = "remove and link";

    public string Name => "shell";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        string discovery = stage.NewFolder("shell");
        Logins.Start(stage, discovery, 1, []);
        string agent = Logins.AgentOf(discovery, 1);
        StartDaemon(stage, discovery);
        string[] environment = [.. stage.Environment, $"SSH_AUTH_SOCK={agent}", "SSH_CONNECTION=10.1.0.2 50000 10.0.0.1 22"];
        (string Name, string Script)[] scripts =
        [
            (Nothing, Write(stage, ":")),
            (Link, Write(stage, "ln -sf \"$SSH_AUTH_SOCK\" \"$HOME/agent-screen\"; export SSH_AUTH_SOCK=\"$HOME/agent-screen\"")),
            (RemoveAndLink,
                Write(stage, "rm -f \"$HOME/agent-tmux\"; ln -s \"$SSH_AUTH_SOCK\" \"$HOME/agent-tmux\"; export SSH_AUTH_SOCK=\"$HOME/agent-tmux\"")),
            (Relay.Fairlead, Write(stage, $"if [ -x '{stage.Options.Binary}' ]; then eval \"$('{stage.Options.Binary}' init bash)\"; fi")),
        ];
        var times = new Rounds();
        for (int round = -5; round < stage.Options.Of(200, 40); round++)
        {
            foreach ((string name, string script) in scripts)
            {
                stage.Stop.ThrowIfCancellationRequested();
                long began = Stopwatch.GetTimestamp();
                Child.Start(environment, "bash", "--norc", "--noprofile", script).WaitForEnd();
                if (round >= 0) // before that the files are read from the disk
                {
                    times.Add(name, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
        }

        double bare = times.Median(Nothing);
        double link = times.Median(Link) - bare;
        double line = times.Median(Relay.Fairlead) - bare;
        return
        [
            new("rc line at login / the symlink recipe's (ln -sf)",
                new Cell(Relay.Direct, link, Unit.Milliseconds), new Cell(Relay.Fairlead, line, Unit.Milliseconds, line / link))
            {
                Budget = Budget.AtMost(1.2, line / link, "x"),
                Note = FormattableString.Invariant(
                    $"without bash's own {bare:0.00} ms; rm and ln: {times.Median(RemoveAndLink) - bare:0.00} ms; {Printed(environment, stage)}"),
            },
        ];
    }

    /// <summary>Where it stands without a word of the person, so that <c>init</c> finds it.</summary>
    private static void StartDaemon(Stage stage, string discovery)
    {
        string folder = stage.NewFolder("home/.config/fairlead");
        File.WriteAllText(Path.Join(folder, "config.toml"), $"[discovery]\nfolders = [\"{discovery}\"]\n");
        _ = stage.NewFolder("home/.ssh");
        string socket = Command.Run(stage.Environment, stage.Options.Binary, "path").Trim();
        _ = stage.Keep(Child.Start(stage.Environment, stage.Options.Binary, "daemon"));
        Await.Until(() => Question.ReadList(socket).Length > 0, "the daemon of the shells", stage.Stop);
    }

    private static string Write(Stage stage, string line)
    {
        string path = stage.NewPath("rc");
        File.WriteAllText(path, line + "\n");
        return path;
    }

    /// <summary>An empty answer is quick, too, and would say nothing.</summary>
    private static string Printed(string[] environment, Stage stage) =>
        Command.Run(environment, stage.Options.Binary, "init", "bash").Contains("SSH_AUTH_SOCK", StringComparison.Ordinal)
            ? "init printed the path"
            : "init printed nothing";
}
