using System.Diagnostics;
using System.Net.Sockets;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;

namespace Fairlead.Bench.Parts;

/// <summary>
/// An agent that accepts and never answers, as that of a laptop which was closed, beside one that lives. The bench itself
/// listens at it, so that it is the bench's own login as far as fairlead can see, and leads.
/// </summary>
internal sealed class SilentPart : IPart
{
    private const double Limit = 1.6;

    public string Name => "silent";

    public IReadOnlyList<Row> Run(Stage stage) =>
        [.. Measure(stage, isKnown: false, "met at the start"), .. Measure(stage, isKnown: true, "that appears beside a live one")];

    private static Row[] Measure(Stage stage, bool isKnown, string how)
    {
        var times = new Rounds();
        int failed = 0;
        for (int round = 0; round < stage.Options.Of(5, 2); round++)
        {
            stage.Stop.ThrowIfCancellationRequested();
            using Scope scope = stage.Open();
            string discovery = stage.NewFolder(Path.GetFileName(stage.NewPath("silent")));
            string live = stage.NewFolder(Path.Join(Path.GetFileName(discovery), "ssh-directAAAA"));
            _ = Command.Run(stage.Environment, "ln", stage.AgentPath, Path.Join(live, "agent.1"));
            Daemon? daemon = isKnown ? Daemon.Start(stage, discovery) : null;
            using Socket silent = Listen(stage, discovery);
            daemon ??= Daemon.StartUnasked(stage, discovery);
            foreach (string request in new[] { "first", "second" })
            {
                long began = Stopwatch.GetTimestamp();
                failed += Question.ReadList(daemon.Socket).Length > 0 ? 0 : 1;
                times.Add(request, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        string note = failed == 0 ? "" : $"{failed} failed";
        return
        [
            new($"first list after a silent agent {how}", times.Cell("first", Unit.Milliseconds, shownAs: Relay.Fairlead))
            {
                Budget = Budget.AtMost(Limit, times.Median("first") / 1000, "s"),
                Note = note,
            },
            new($"second list after a silent agent {how}", times.Cell("second", Unit.Milliseconds, shownAs: Relay.Fairlead)),
        ];
    }

    /// <summary>The kernel accepts; nobody ever reads.</summary>
    private static Socket Listen(Stage stage, string discovery)
    {
        string folder = stage.NewFolder(Path.Join(Path.GetFileName(discovery), "ssh-silentAAAA"));
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Path.Join(folder, "agent.2")));
        listener.Listen(64);
        return listener;
    }
}
