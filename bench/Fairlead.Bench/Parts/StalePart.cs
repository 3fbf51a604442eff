using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// One agent among the folders that ten thousand dead logins left behind, and among those of logins that began a moment ago, in which sshd
/// may yet bind.
/// </summary>
internal sealed class StalePart : IPart
{
    private const int Folders = 10_000;

    /// <summary>As many as fairlead looks at again.</summary>
    private const int FreshFolders = 64;

    private const double Limit = 1.05;
    private const string Without = "without";
    private const string Among = "among stale ones";
    private const string Unbound = "among fresh ones without a socket";
    private const string Dead = "among fresh ones with a dead socket";

    /// <summary>Times of files come from a clock that ticks: fairlead reads a folder again that changed just before it was read.</summary>
    private static readonly TimeSpan FilesSettle = TimeSpan.FromMilliseconds(100);

    public string Name => "stale";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        Daemon without = Daemon.Start(stage, stage.Discovery);
        string stale = Discovery(stage, "stale");
        StaleFolders.Make(stale, Folders);
        string[] words = Daemon.Prepare(stage, stale, out string socket);
        long began = Stopwatch.GetTimestamp();
        Child among = stage.Keep(Child.Start(stage.Environment, words));
        Await.Until(() => Question.ReadList(socket).Length > 0, "the first answer of fairlead", stage.Stop);
        TimeSpan first = Stopwatch.GetElapsedTime(began);
        stage.Settle();
        double resident = ProcessFigures.Resident(among.Pid) / 1000;
        string memory = FormattableString.Invariant(
            $"at its peak: {ProcessFigures.Peak(among.Pid) / 1000:0.0} MB; without: {ProcessFigures.Resident(without.Pid) / 1000:0.0} MB");

        string unbound = Discovery(stage, "unbound");
        string dead = Discovery(stage, "dead");
        (string Name, string Path)[] ways =
        [
            (Relay.Direct, stage.AgentPath), (Without, without.Socket), (Among, socket),
            (Unbound, Daemon.Start(stage, unbound).Socket), (Dead, Daemon.Start(stage, dead).Socket),
        ];
        Rounds list = new(), afterChange = new();
        for (int round = 0; round <= stage.Options.Of(9, 3); round++)
        {
            StaleFolders.Renew(unbound, round, FreshFolders, withSocket: false);
            StaleFolders.Renew(dead, round, FreshFolders, withSocket: true);
            stage.Pause(FilesSettle);
            foreach ((string name, string path) in ways)
            {
                stage.Stop.ThrowIfCancellationRequested();
                _ = Load.Run(path, Question.List, 1, 10); // it meets the folders
                Sample sample = Load.Run(path, Question.List, 1, stage.Options.Of(1000, 300));
                if (round > 0) // the first one is only warming up
                {
                    list.Add(name, sample.Median);
                }
            }

            StaleFolders.Add(stale, $"new{round:0000000}");
            long asked = Stopwatch.GetTimestamp();
            _ = Question.ReadList(socket);
            afterChange.Add(Among, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }

        return
        [
            ToRow("list among 10,000 stale folders / without", Among, list),
            ToRow($"list among {FreshFolders} fresh folders without a socket / without", Unbound, list),
            ToRow($"list among {FreshFolders} fresh folders with a dead socket / without", Dead, list),
            new("start to first answer among the 10,000", new Cell(Relay.Fairlead, first.TotalMilliseconds, Unit.Milliseconds)),
            new("resident memory, 5 s after it met them", new Cell(Relay.Fairlead, resident, Unit.Megabytes)) { Note = memory },
            new("the list after a folder was added to them", afterChange.Cell(Among, Unit.Milliseconds, shownAs: Relay.Fairlead)),
        ];
    }

    /// <summary>A folder in which the one agent is.</summary>
    private static string Discovery(Stage stage, string name)
    {
        string path = stage.NewFolder(name);
        string own = stage.NewFolder($"{name}/ssh-directAAAA");
        _ = Command.Run(stage.Environment, "ln", stage.AgentPath, Path.Join(own, "agent.1"));
        return path;
    }

    private static Row ToRow(string what, string column, Rounds list) =>
        new(what, list.Cell(Relay.Direct, Unit.Microseconds), list.Cell(column, Unit.Microseconds, Without, Relay.Fairlead))
        {
            Budget = Budget.AtMost(Limit, list.Ratio(column, Without), "x"),
            Note = FormattableString.Invariant($"without: {list.Median(Without):0} us; the ratio is to that"),
        };
}
