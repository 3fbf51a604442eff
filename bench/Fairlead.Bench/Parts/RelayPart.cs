using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>Lists and signatures through each relay, by turns, with few clients and with many.</summary>
internal sealed class RelayPart : IPart
{
    public string Name => "relay";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        IReadOnlyList<Relay> relays = Relay.StartAll(stage);
        Question sign = Question.Sign(stage.ListAnswer);
        Work[] all =
        [
            new("list, 1 client", Question.List, 1, 1000, 2.5),
            new("list, 16 clients", Question.List, 16, 200, 1.7),
            new("list, 256 clients", Question.List, 256, 12, 2.0),
            new("lists on one open connection", Question.List, 1, 3000, 1.6, IsOneConnection: true),
            new("sign, 1 client", sign, 1, 500, 1.15),
            new("sign, 16 clients", sign, 16, 60),
            new("sign, 256 clients", sign, 256, 6),
        ];
        var rows = new List<Row>();
        foreach (Work work in all)
        {
            rows.AddRange(Measure(stage, relays, work));
        }

        return rows;
    }

    private static Row[] Measure(Stage stage, IReadOnlyList<Relay> relays, Work work)
    {
        Rounds median = new(), tail = new(), perSecond = new(), failed = new();
        int rounds = stage.Options.Of(9, 3);
        for (int round = -1; round < rounds; round++)
        {
            foreach (Relay relay in relays)
            {
                stage.Stop.ThrowIfCancellationRequested();
                int count = stage.Options.Of(work.Count, Math.Max(4, work.Count / 4));
                Sample sample = Load.Run(relay.Socket, work.Question, work.Clients, round < 0 ? Math.Min(count, 20) : count, work.IsOneConnection);
                if (round >= 0) // before that it is only warming up
                {
                    median.Add(relay.Name, sample.Median);
                    tail.Add(relay.Name, sample.Tail);
                    perSecond.Add(relay.Name, sample.PerSecond);
                    failed.Add(relay.Name, sample.Failed);
                }
            }
        }

        Cell[] Cells(Rounds figures, Unit unit, bool isRatio) =>
            [.. relays.Select(relay => figures.Cell(relay.Name, unit, isRatio ? Relay.Direct : null))];
        return
        [
            new($"{work.What}: p50", Cells(median, Unit.Microseconds, true))
            {
                Budget = work.Limit is double limit ? Budget.AtMost(limit, median.Ratio(Relay.Fairlead, Relay.Direct), "x") : null,
            },
            new($"{work.What}: p99", Cells(tail, Unit.Microseconds, true)),
            new($"{work.What}: throughput", Cells(perSecond, Unit.PerSecond, true)),
            new($"{work.What}: failed", [.. relays.Select(relay => new Cell(relay.Name, failed.Sum(relay.Name), Unit.Count))])
            {
                Budget = Budget.AtMost(0, failed.Sum(Relay.Fairlead), ""),
            },
        ];
    }

    /// <param name="Count">Requests of each client in a round.</param>
    /// <param name="Limit">How many times the direct socket's p50 fairlead may take.</param>
    private sealed record Work(string What, Question Question, int Clients, int Count, double? Limit = null, bool IsOneConnection = false);
}
