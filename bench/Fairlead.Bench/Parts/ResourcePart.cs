using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>Processor time, memory, wake-ups and start of each relay's own process.</summary>
internal sealed class ResourcePart : IPart
{
    private const int OpenConversations = 1000;

    private static readonly TimeSpan Idleness = TimeSpan.FromSeconds(10);

    public string Name => "resources";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        Relay[] relays = [.. Relay.StartAll(stage).Where(relay => relay.Name != Relay.Direct)];
        int conversations = stage.Options.Of(100_000, 10_000);
        return
        [
            .. Memory(relays, "before any command"),
            .. AfterCommands(stage, relays),
            ProcessorTime(stage, relays),
            .. After(stage, relays, conversations),
            .. AtOpen(stage, relays),
            StartTime(stage),
        ];
    }

    /// <summary>As a person has it: every login runs the rc line, and now and then somebody asks how things are.</summary>
    private static Row[] AfterCommands(Stage stage, Relay[] relays)
    {
        using Scope scope = stage.Open();
        var home = Home.Start(stage);
        _ = Command.Run(home.Environment, stage.Options.Binary, "init", "bash");
        _ = Command.Run(home.Environment, stage.Options.Binary, "status");
        stage.Settle();
        Relay[] idle = [.. relays.Select(relay => relay.Name == Relay.Fairlead ? home.Daemon.AsRelay() : relay)];
        Row[] memory = Memory(idle, "5 s after one init and one status", 6);
        return [memory[0] with { Note = "the others: after one list" }, memory[1], Wakeups(stage, idle)];
    }

    private static Row[] Memory(Relay[] relays, string when, double? limit = null)
    {
        Cell[] resident = [.. relays.Select(relay => new Cell(relay.Name, ProcessFigures.Resident(relay.Pid) / 1000, Unit.Megabytes))];
        return
        [
            new($"resident memory, {when}", resident)
            {
                Budget = limit is double most
                    ? Budget.AtMost(most, resident.Single(cell => cell.Column == Relay.Fairlead).Value, "MB")
                    : null,
            },
            new(
                $"private memory, {when}",
                [.. relays.Select(relay => new Cell(relay.Name, ProcessFigures.Private(relay.Pid) / 1000, Unit.Megabytes))]),
        ];
    }

    private static Row Wakeups(Stage stage, Relay[] relays)
    {
        double[] before = [.. relays.Select(relay => ProcessFigures.Sleeps(relay.Pid))];
        stage.Pause(Idleness);
        Cell[] cells = [.. relays.Select((relay, i) => new Cell(relay.Name, ProcessFigures.Sleeps(relay.Pid) - before[i], Unit.Count))];
        return new("wake-ups in 10 s of idleness", cells)
        {
            Budget = Budget.AtMost(0, cells.Single(cell => cell.Column == Relay.Fairlead).Value, ""),
        };
    }

    private static Row ProcessorTime(Stage stage, Relay[] relays)
    {
        int lists = stage.Options.Of(20_000, 5_000);
        var cells = new List<Cell>();
        foreach (Relay relay in relays)
        {
            stage.Stop.ThrowIfCancellationRequested();
            TimeSpan before = ProcessFigures.ProcessorTime(relay.Pid);
            _ = Load.Run(relay.Socket, Question.List, 1, lists);
            TimeSpan used = ProcessFigures.ProcessorTime(relay.Pid) - before;
            cells.Add(new Cell(relay.Name, used.TotalMicroseconds / lists, Unit.Microseconds));
        }

        return new("processor time per list", [.. cells])
        {
            Budget = Budget.AtMost(52, cells.Single(cell => cell.Column == Relay.Fairlead).Value, "us"),
        };
    }

    private static Row[] After(Stage stage, Relay[] relays, int conversations)
    {
        const int clients = 16;
        foreach (Relay relay in relays)
        {
            stage.Stop.ThrowIfCancellationRequested();
            _ = Load.Run(relay.Socket, Question.List, clients, conversations / clients);
        }

        stage.Settle();
        return Memory(relays, $"5 s after {conversations} conversations", 7);
    }

    private static Row[] AtOpen(Stage stage, Relay[] relays)
    {
        List<AgentClient> open = [];
        byte[] answer = new byte[1024];
        int failed = 0;
        foreach (Relay relay in relays)
        {
            for (int i = 0; i < OpenConversations; i++)
            {
                stage.Stop.ThrowIfCancellationRequested();
                var client = AgentClient.Connect(relay.Socket);
                failed += client.IsConnected && client.Ask(Question.List.Frame, answer) > 0 ? 0 : 1;
                open.Add(client);
            }
        }

        Row[] rows = Memory(relays, $"at {OpenConversations} open conversations", 12);
        open.ForEach(client => client.Dispose());
        return failed == 0 ? rows : [rows[0] with { Note = $"{failed} could not be opened" }, rows[1]];
    }

    private static Row StartTime(Stage stage)
    {
        var times = new Rounds();
        (string Name, Func<(string[] Words, string Socket)> Prepare)[] starts =
        [
            .. Relay.Commands(stage).Select(relay => (relay.Name, (Func<(string[], string)>)(() =>
            {
                string socket = stage.NewPath("relay");
                return (Relay.Words(stage, relay.Command, socket), socket);
            }))),
            (Relay.Fairlead, () => (Daemon.Prepare(stage, stage.Discovery, out string socket), socket)),
        ];
        for (int round = -1; round < stage.Options.Of(21, 7); round++)
        {
            foreach ((string name, Func<(string[] Words, string Socket)> prepare) in starts)
            {
                (string[] words, string socket) = prepare();
                using var answer = FirstAnswer.Expect(socket);
                long began = Stopwatch.GetTimestamp();
                using var child = Child.Start([.. stage.Environment, $"SSH_AUTH_SOCK={stage.AgentPath}"], words);
                answer.Await(stage.Stop);
                TimeSpan took = Stopwatch.GetElapsedTime(began);
                if (round >= 0) // before that the files are read from the disk
                {
                    times.Add(name, took.TotalMilliseconds);
                }
            }
        }

        return new("start to first answer", [.. starts.Select(start => times.Cell(start.Name, Unit.Milliseconds))])
        {
            Budget = Budget.AtMost(6, times.Median(Relay.Fairlead), "ms"),
        };
    }
}
