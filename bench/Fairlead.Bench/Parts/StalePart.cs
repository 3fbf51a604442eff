using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>One agent among the folders that ten thousand dead logins left behind.</summary>
internal sealed class StalePart : IPart
{
    private const int Folders = 10_000;

    public string Name => "stale";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        Daemon without = Daemon.Start(stage, stage.Discovery);
        string discovery = stage.NewFolder("stale");
        string own = stage.NewFolder("stale/ssh-directAAAA");
        _ = Command.Run(stage.Environment, "ln", stage.AgentPath, Path.Join(own, "agent.1"));
        StaleFolders.Make(discovery, Folders);
        string[] words = Daemon.Prepare(stage, discovery, out string socket);
        long began = Stopwatch.GetTimestamp();
        Child among = stage.Keep(Child.Start(stage.Environment, words));
        Await.Until(() => Question.ReadList(socket).Length > 0, "the first answer of fairlead", stage.Stop);
        TimeSpan first = Stopwatch.GetElapsedTime(began);

        (string Name, string Path)[] ways = [(Relay.Direct, stage.AgentPath), ("without", without.Socket), ("with", socket)];
        Rounds list = new(), afterChange = new();
        for (int round = -1; round < stage.Options.Of(9, 3); round++)
        {
            foreach ((string name, string path) in ways)
            {
                stage.Stop.ThrowIfCancellationRequested();
                Sample sample = Load.Run(path, Question.List, 1, stage.Options.Of(1000, 300));
                if (round >= 0) // before that it is only warming up
                {
                    list.Add(name, sample.Median);
                }
            }

            StaleFolders.Add(discovery, $"new{round + 1:0000000}");
            long asked = Stopwatch.GetTimestamp();
            _ = Question.ReadList(socket);
            afterChange.Add("with", Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        double ratio = list.Ratio("with", "without");
        return
        [
            new("list among 10,000 stale folders / without",
                list.Cell(Relay.Direct, Unit.Microseconds),
                list.Cell("with", Unit.Microseconds, "without", Relay.Fairlead))
            {
                Budget = Budget.AtMost(1.1, ratio, "x"),
                Note = FormattableString.Invariant($"without: {list.Median("without"):0} us; the ratio is to that"),
            },
            new("start to first answer among them", new Cell(Relay.Fairlead, first.TotalMilliseconds, Unit.Milliseconds)),
            new("resident memory among them", new Cell(Relay.Fairlead, ProcessFigures.Resident(among.Pid) / 1000, Unit.Megabytes))
            {
                Note = FormattableString.Invariant($"without: {ProcessFigures.Resident(without.Pid) / 1000:0.0} MB"),
            },
            new("the list after a folder was added to them", afterChange.Cell("with", Unit.Milliseconds, shownAs: Relay.Fairlead)),
        ];
    }
}
