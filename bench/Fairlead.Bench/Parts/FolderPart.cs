using System.Diagnostics;
using Fairlead.Bench.Clients;
using Fairlead.Bench.Output;
using Fairlead.Bench.Staging;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Bench.Parts;

/// <summary>
/// What a machine pays for the daemons of a thousand users: making files in a folder that all of them look for agents in, and memory. Here they are all of one
/// user, of whom only the first hundred may watch anything at all (fs.inotify.max_user_instances).
/// </summary>
internal sealed class FolderPart : IPart
{
    private const uint OwnerOnly = 0x180; // 0600
    private const string Watched = "with";
    private const string Alone = "without";

    public string Name => "folder";

    public IReadOnlyList<Row> Run(Stage stage)
    {
        using Scope scope = stage.Open();
        string alone = stage.NewFolder(Alone);
        string watched = stage.NewFolder(Watched);
        foreach (string folder in new[] { alone, watched })
        {
            Logins.Start(stage, folder, 2, []);
        }

        Daemon[] daemons = [.. Enumerable.Range(0, stage.Options.Of(1000, 50)).Select(_ => Daemon.Start(stage, watched))];
        var rates = new Rounds();
        double sleeps = 0;
        for (int round = -1; round < stage.Options.Of(9, 3); round++)
        {
            foreach (Daemon daemon in daemons)
            {
                _ = Question.ReadList(daemon.Socket); // each has read the folder, and watches what it watches
            }

            stage.Pause(TimeSpan.FromSeconds(3)); // what these lists left to do is not counted: a second later they give memory back
            double before = daemons.Sum(daemon => ProcessFigures.Sleeps(daemon.Pid));
            foreach ((string name, string folder) in new[] { (Alone, alone), (Watched, watched) })
            {
                stage.Stop.ThrowIfCancellationRequested();
                double rate = Rate(folder, stage.Options.Of(5000, 2000));
                if (round >= 0) // before that it is only warming up
                {
                    rates.Add(name, rate);
                }
            }

            sleeps += daemons.Sum(daemon => ProcessFigures.Sleeps(daemon.Pid)) - before;
        }

        double share = daemons.Average(daemon => ProcessFigures.Share(daemon.Pid)) / 1000;
        int[] instances = [.. daemons.Select(daemon => ProcessFigures.InotifyInstances(daemon.Pid))];
        return
        [
            new($"files made in a discovery folder, {daemons.Length} daemons / none",
                rates.Cell(Alone, Unit.PerSecond, shownAs: Relay.Direct),
                rates.Cell(Watched, Unit.PerSecond, Alone, Relay.Fairlead))
            {
                Note = $"the daemons were woken {sleeps} times meanwhile",
            },
            new($"memory of {daemons.Length} daemons, each", new Cell(Relay.Fairlead, share, Unit.Megabytes))
            {
                Budget = stage.Options.IsQuick ? null : Budget.AtMost(1.2, share, "MB"), // fewer daemons have larger shares
                Note = "its own pages, and its share of those that they have in common (Pss)",
            },
            new("inotify instances of a daemon", new Cell(Relay.Fairlead, instances.Max(), Unit.Count))
            {
                Note = $"at most; {instances.Sum()} of all of them together",
            },
            new("files of a daemon", new Cell(Relay.Fairlead, daemons.Max(daemon => daemon.CountFiles()), Unit.Count))
            {
                Note = "at most; its sockets and its state",
            },
        ];
    }

    /// <summary>Files made in a second.</summary>
    private static double Rate(string folder, int count)
    {
        string[] paths = [.. Enumerable.Range(0, count).Select(i => Path.Join(folder, $"file{i}"))];
        long began = Stopwatch.GetTimestamp();
        foreach (string path in paths)
        {
            _ = LibC.close(LibC.openat(LibC.AT_FDCWD, path, LibC.O_WRONLY | LibC.O_CREAT, OwnerOnly));
        }

        double rate = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        Array.ForEach(paths, File.Delete);
        return rate;
    }
}
