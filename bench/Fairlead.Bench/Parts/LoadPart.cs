using System.Diagnostics;
using System.Net.Sockets;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// What a daemon costs under loads that no person makes, and what is left of them: each has a daemon of its own, and a client beside it that only wants its keys.
/// </summary>
internal sealed class LoadPart : IPart
{
    private const int Conversations = 4096;
    private const int SilentClients = 1000;
    private const int SilentAgents = 99;
    private const int ControlClients = 5000;
    private const int Folders = 200_000;

    private static readonly TimeSpan Idleness = TimeSpan.FromSeconds(10);

    public string Name => "loads";

    public IReadOnlyList<Row> Run(Stage stage) =>
    [
        Measure(stage, "none", _ => null),
        Measure(
            stage,
            $"{Conversations} conversations that ask at once",
            daemon => Crowd.Asking(daemon.Socket, Conversations, Question.List),
            settings: $"[limits]\nconversations = {Conversations + 16}"),
        Measure(stage, $"{SilentClients} silent clients", daemon => Crowd.Silent(daemon.Socket, SilentClients)),
        Measure(stage, $"{SilentAgents + 1} agents, {SilentAgents} of them silent", _ => null, WithSilentAgents),
        Measure(stage, $"{ControlClients} control clients", daemon => Crowd.Silent(daemon.Control, ControlClients)),
        .. Environment.IsPrivilegedProcess
            ? new[] { Measure(stage, $"{Folders} folders of another user", _ => null, WithForeignFolders) }
            : [],
    ];

    /// <param name="begin">Makes the load, which ends when it is disposed; null where it is there all the time.</param>
    /// <param name="discovery">Where the daemon looks for agents, when the usual place will not do.</param>
    private static Row Measure(
        Stage stage, string load, Func<Daemon, IDisposable?> begin, Func<Stage, string>? discovery = null, string settings = "")
    {
        stage.Stop.ThrowIfCancellationRequested();
        using Scope scope = stage.Open();
        string folder = discovery?.Invoke(stage) ?? stage.Discovery;
        long began = Stopwatch.GetTimestamp();
        var daemon = Daemon.Start(stage, folder, settings);
        TimeSpan first = Stopwatch.GetElapsedTime(began);
        stage.Settle();
        double before = ProcessFigures.Resident(daemon.Pid);
        int descriptors;
        (Sample Direct, Sample Relayed) waited;
        int failed;
        using (var bystander = Bystander.Start(stage.AgentPath, daemon.Socket))
        using (IDisposable? made = begin(daemon))
        {
            waited = bystander.End();
            descriptors = ProcessFigures.Descriptors(daemon.Pid);
            failed = made is Crowd crowd ? crowd.Failed : 0;
        }

        stage.Settle();
        double after = ProcessFigures.Resident(daemon.Pid);
        int left = ProcessFigures.Descriptors(daemon.Pid);
        double sleeps = ProcessFigures.Sleeps(daemon.Pid);
        TimeSpan used = ProcessFigures.ProcessorTime(daemon.Pid);
        stage.Pause(Idleness);
        return new(
            load,
            Waited("list, p50", waited.Direct.Median, waited.Relayed.Median),
            Waited("p99", waited.Direct.Tail, waited.Relayed.Tail),
            new("memory before", before / 1000, Unit.Megabytes),
            new("peak", ProcessFigures.Peak(daemon.Pid) / 1000, Unit.Megabytes),
            new("after", after / 1000, Unit.Megabytes),
            new("descriptors", descriptors, Unit.Count),
            new("left", left, Unit.Count),
            new("wake-ups in 10 s", ProcessFigures.Sleeps(daemon.Pid) - sleeps, Unit.Count),
            new("processor", (ProcessFigures.ProcessorTime(daemon.Pid) - used).TotalMilliseconds, Unit.Milliseconds))
        {
            Kind = RowKind.Loads,
            Budget = Budget.AtMost(7, after / 1000, "MB after"),
            Note = FormattableString.Invariant($"start to first answer {first.TotalSeconds:0.00} s; failed: {failed} of the load, {waited.Relayed.Failed} beside it"),
        };
    }

    private static Cell Waited(string what, double direct, double relayed) => new(what, relayed, Unit.Microseconds, relayed / direct);

    private static string WithForeignFolders(Stage stage) => $"{stage.Discovery}:{ForeignFolders.Make(stage, Folders).Path}";

    /// <summary>The kernel accepts for them, and nobody ever reads: the bench listens itself, so they belong to the bystander's own login and lead.</summary>
    private static string WithSilentAgents(Stage stage)
    {
        string discovery = stage.NewFolder(Path.GetFileName(stage.NewPath("silent")));
        for (int i = 0; i < SilentAgents; i++)
        {
            string folder = stage.NewFolder(Path.Join(Path.GetFileName(discovery), $"ssh-silent{i:0000}"));
            Socket listener = stage.Keep(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
            listener.Bind(new UnixDomainSocketEndPoint(Path.Join(folder, "agent.2")));
            listener.Listen(64);
        }

        return $"{stage.Discovery}:{discovery}";
    }
}
