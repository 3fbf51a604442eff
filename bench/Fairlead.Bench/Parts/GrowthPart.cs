using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>What grows with the machine: lists, commands and the daemon's work for a login, with many of one thing at a time.</summary>
internal sealed class GrowthPart : IPart
{
    private const string FirstStatus = "first status";
    private const string Login = "login and logout";

    /// <summary>Half as much again as linear, from 200 logins to 1,000, is n^1.25.</summary>
    private const double Limit = 1.25;

    /// <summary>Times the cost without the many things; less may be chance.</summary>
    private const double Notable = 1.5;

    private static readonly int[] FullLogins = [1, 10, 200, 1000];
    private static readonly int[] QuickLogins = [1, 10, 100];

    /// <summary>fairlead looks around after init, and a report that followed would wait for that: init comes last.</summary>
    private static readonly string[][] Commands = [["status"], ["list"], ["init", "bash"]];

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public string Name => "growth";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        (Machine Machine, Rounds Times)[] byLogins =
            [.. (stage.Options.IsQuick ? QuickLogins : FullLogins).Select(count => Measure(stage, new Machine { Logins = count }))];
        Rounds alone = byLogins[0].Times;
        (Machine _, Rounds few) = byLogins.Single(measured => measured.Machine.Logins == Machine.FewLogins);
        return
        [
            .. byLogins.Select(measured => ToRow(measured.Machine, measured.Times, alone)),
            Order(byLogins[^2], byLogins[^1]),
            .. Others(stage).Select(machine => machine.IsPossible ? Compare(stage, machine, few) : NotPossible(machine)),
        ];
    }

    /// <summary>With one login there would be nothing to choose.</summary>
    private static Machine[] Others(Stage stage)
    {
        int folders = stage.Options.Of(10_000, 500);
        return
        [
            new() { Processes = stage.Options.Of(50_000, 2000) },
            new() { StaleFolders = folders },
            new() { ForeignFolders = folders },
            new() { Panes = stage.Options.Of(500, 50) },
        ];
    }

    private static Row Compare(Stage stage, Machine wanted, Rounds few)
    {
        (Machine machine, Rounds times) = Measure(stage, wanted);
        Row row = ToRow(machine, times, few);
        return machine == wanted ? row : row with { Note = $"the limits of the machine do not allow {wanted.Many}; {row.Note}" };
    }

    private static Row NotPossible(Machine machine) => new(machine.Name) { Kind = RowKind.Growth, Note = "only root can make them" };

    /// <returns>The machine as it was, which may have fewer processes than wanted.</returns>
    private static (Machine Machine, Rounds Times) Measure(Stage stage, Machine machine)
    {
        stage.Stop.ThrowIfCancellationRequested();
        Console.Error.WriteLine($"bench: growth: {machine.Name} ...");
        using Scope scope = stage.Open();
        var home = CrowdedHome.Start(stage, machine);
        var times = new Rounds();
        times.Add(FirstStatus, home.Time("status"));
        for (int round = -1; round < stage.Options.Of(9, 3); round++)
        {
            foreach ((string column, Func<double> measure) in Columns(home))
            {
                stage.Stop.ThrowIfCancellationRequested();
                double took = measure();
                if (round >= 0) // before that it is only warming up
                {
                    times.Add(column, took);
                }
            }
        }

        return (home.Machine, times);
    }

    private static IEnumerable<(string Column, Func<double> Measure)> Columns(CrowdedHome home) =>
    [
        .. LoginFarm.Places.Select(place =>
            (place, (Func<double>)(() => home.Farm.Callers[place].List(home.Farm.Daemon.Socket, 20).Median / 1000))),
        .. Commands.Select(words => (string.Join(' ', words), (Func<double>)(() => home.Time(words)))),
        (Login, () => home.CostOfLogin(Settling).TotalMilliseconds),
    ];

    /// <param name="beside">The same with fewer logins, or without what there are many of.</param>
    private static Row ToRow(Machine machine, Rounds times, Rounds beside)
    {
        string[] each =
        [
            .. from column in times.Columns
               let more = times.Median(column) - beside.Median(column)
               where times.Median(column) > Notable * beside.Median(column)
               select FormattableString.Invariant($"{column} {1000 * more / machine.Many:0.0} us"),
        ];
        return new Row(machine.Name, [.. times.Columns.Select(column => ToCell(column, times, beside))])
        {
            Kind = RowKind.Growth,
            Note = each.Length > 0 ? $"each costs: {string.Join(", ", each)}" : "",
        };
    }

    private static Cell ToCell(string column, Rounds times, Rounds beside) =>
        new(column, times.Median(column), Unit.Milliseconds, times == beside ? null : times.Median(column) / beside.Median(column));

    /// <summary>The power of n with which each column grew between the two largest numbers of logins.</summary>
    private static Row Order((Machine Machine, Rounds Times) fewer, (Machine Machine, Rounds Times) more)
    {
        double logins = Math.Log((double)more.Machine.Logins / fewer.Machine.Logins);
        Cell[] cells =
        [
            .. more.Times.Columns.Select(column =>
                new Cell(column, Math.Log(more.Times.Median(column) / fewer.Times.Median(column)) / logins, Unit.Order)),
        ];
        string[] worse = [.. cells.Where(cell => cell.Value > Limit).Select(cell => cell.Column)];
        return new Row($"order, {fewer.Machine.Logins} to {more.Machine.Logins} logins", cells)
        {
            Kind = RowKind.Growth,
            Budget = new Budget(FormattableString.Invariant($"<= n^{Limit}"), worse.Length == 0),
            Note = worse.Length == 0 ? "nothing is worse than linear" : $"worse than linear: {string.Join(", ", worse)}",
        };
    }
}
