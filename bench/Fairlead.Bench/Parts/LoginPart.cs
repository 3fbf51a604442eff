using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>What a decision costs as logins, processes and stale folders become many, for callers in several places.</summary>
internal sealed class LoginPart : IPart
{
    private const int ManyProcesses = 5000;
    private const int ManyFolders = 10_000;

    public string Name => "logins";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        LoginFarm[] farms =
        [
            LoginFarm.Start(stage, 1, 0),
            LoginFarm.Start(stage, 10, 0),
            LoginFarm.Start(stage, stage.Options.Of(200, 50), 0),
            LoginFarm.Start(stage, 10, stage.Options.Of(ManyFolders, ManyFolders / 10)),
        ];
        List<Row> rows = [.. Measure(stage, farms, "")];
        int sleepers = Sleepers.Start(stage, ManyProcesses);
        rows.AddRange(Measure(stage, farms, $", {sleepers} processes"));
        return rows;
    }

    private static IEnumerable<Row> Measure(Stage stage, LoginFarm[] farms, string around)
    {
        var direct = new Rounds();
        var through = new Rounds();
        var failed = new Rounds();
        int rounds = stage.Options.Of(7, 3);
        for (int round = -1; round < rounds; round++)
        {
            foreach (LoginFarm farm in farms)
            {
                foreach (string place in LoginFarm.Places)
                {
                    stage.Stop.ThrowIfCancellationRequested();
                    int count = round < 0 ? 20 : stage.Options.Of(place == LoginFarm.Tmux ? 60 : 300, 40);
                    Sample straight = farm.Callers[place].List(farm.Direct, count);
                    Sample relayed = farm.Callers[place].List(farm.Daemon.Socket, count);
                    if (round >= 0) // before that it is only warming up
                    {
                        direct.Add(Key(farm, place), straight.Median);
                        through.Add(Key(farm, place), relayed.Median);
                        failed.Add(Key(farm, place), relayed.Failed);
                    }
                }
            }
        }

        return from farm in farms from place in LoginFarm.Places select ToRow(farm, place, around, farms[0], direct, through, failed);
    }

    private static Row ToRow(LoginFarm farm, string place, string around, LoginFarm alone, Rounds direct, Rounds through, Rounds failed)
    {
        string key = Key(farm, place);
        double more = through.Difference(key, Key(alone, place));
        string folders = farm.Stale > 0 ? $", {farm.Stale} stale folders" : "";
        return new Row(
            $"{place}, {farm.Count} login{(farm.Count == 1 ? "" : "s")}{folders}{around}",
            new Cell(Relay.Direct, direct.Median(key), Unit.Microseconds),
            new Cell(Relay.Fairlead, through.Median(key), Unit.Microseconds, through.Median(key) / direct.Median(key)))
        {
            Note = string.Join("; ", Notes(farm == alone ? null : through.Ratio(key, Key(alone, place)), more, failed.Sum(key))),
            Budget = (place, farm == alone) switch
            {
                (LoginFarm.OwnLogin, false) => Budget.AtMost(0.3, more / 1000, "ms more"),
                (LoginFarm.Tmux, false) => Budget.AtMost(4, through.Median(key) / 1000, "ms"),
                _ => null,
            },
        };
    }

    private static IEnumerable<string> Notes(double? ratio, double more, double failed)
    {
        if (ratio is not null)
        {
            yield return FormattableString.Invariant($"{ratio:0.00} x one agent alone ({more:+0;-0} us)");
        }

        if (failed > 0)
        {
            yield return $"{failed} failed";
        }
    }

    private static string Key(LoginFarm farm, string place) => $"{farm.Count} {farm.Stale} {place}";
}
