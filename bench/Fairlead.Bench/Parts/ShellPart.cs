using System.Diagnostics;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// What each login waits for in bash: the rc line of fairlead, and the two programs of the recipe that it replaces. All of them take turns;
/// what bash itself costs is taken off.
/// </summary>
internal sealed class ShellPart : IPart
{
    private const string Nothing = "nothing";
    private const string Link = "link";
    private const string Recipe = "recipe";

    public string Name => "shell";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        IReadOnlyList<string> environment = Home.Start(stage).Environment;
        (string Name, string Script)[] scripts =
        [
            (Nothing, Write(stage, ":")),
            (Link, Write(stage, "ln -sf \"$SSH_AUTH_SOCK\" \"$HOME/agent-screen\"; export SSH_AUTH_SOCK=\"$HOME/agent-screen\"")),
            (Recipe,
                Write(stage, "rm -f \"$HOME/agent-tmux\"; ln -sf \"$SSH_AUTH_SOCK\" \"$HOME/agent-tmux\"; export SSH_AUTH_SOCK=\"$HOME/agent-tmux\"")),
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
        double recipe = times.Median(Recipe) - bare;
        double line = times.Median(Relay.Fairlead) - bare;
        return
        [
            new("rc line at login / the recipe's (rm -f and ln -sf)",
                new Cell(Relay.Direct, recipe, Unit.Milliseconds), new Cell(Relay.Fairlead, line, Unit.Milliseconds, line / recipe))
            {
                Budget = Budget.AtMost(1.1, line / recipe, "x"),
                Note = FormattableString.Invariant(
                    $"without bash's own {bare:0.00} ms; ln -sf alone: {times.Median(Link) - bare:0.00} ms; {Printed(environment, stage)}"),
            },
        ];
    }

    private static string Write(Stage stage, string line)
    {
        string path = stage.NewPath("rc");
        File.WriteAllText(path, line + "\n");
        return path;
    }

    /// <summary>An empty answer is quick, too, and would say nothing.</summary>
    private static string Printed(IReadOnlyList<string> environment, Stage stage) =>
        Command.Run(environment, stage.Options.Binary, "init", "bash").Contains("SSH_AUTH_SOCK", StringComparison.Ordinal)
            ? "init printed the path"
            : "init printed nothing";
}
