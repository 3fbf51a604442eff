using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>
/// Notes who is attached to which session whenever somebody attaches, and whenever one of those who are attached turns to it: once a session is
/// detached nobody can be asked any more. Belongs to the loop.
/// </summary>
internal sealed class AttachTracker
{
    /// <summary>Nobody waits for a note; the worker may be busy with choices.</summary>
    private static readonly TimeSpan Deadline = MultiplexerReader.ReadTimeout + TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at a terminal that is typed in, at the least.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly BlockingWorker worker;
    private readonly MultiplexerReader multiplexers;
    private readonly AttachmentMemory memory;
    private readonly AttachWatch watch;
    private readonly Dictionary<string, MultiplexerServer> servers = [];
    private readonly HashSet<ProcessIdentity> met = [];
    private readonly Dictionary<string, bool> underWay = [];
    private readonly LoopPace watching;

    /// <summary>The terminal that shows a server's sessions, where there is one, and no more.</summary>
    private readonly Dictionary<string, string> alone = [];

    public AttachTracker(Inotify inotify, BlockingWorker worker, MultiplexerReader multiplexers, AttachmentMemory memory)
    {
        this.worker = worker;
        this.multiplexers = multiplexers;
        this.memory = memory;
        watching = new LoopPace(worker.Loop, Pause);
        watch = new AttachWatch(inotify)
        {
            Attached = Note,
            Appeared = () => Observe(LookAroundAsync()),
            Ended = Forget,
        };
    }

    /// <summary>Brings the agents up to date and tells the session processes of the logins that have one.</summary>
    public required Func<ValueTask<LoginPids>> LoginPids { get; init; }

    /// <summary>What is known of who types.</summary>
    public required Func<TypingTimes> Typed { get; init; }

    /// <summary>
    /// Called with a terminal that is typed in and shows no session, while others do: what is typed there next may attach it, and of one more who
    /// attaches the sockets tell nothing.
    /// </summary>
    public required Action<string> MayAttach { get; init; }

    /// <summary>Called with where a server's sessions were seen to be shown.</summary>
    public required Action<IReadOnlyList<Attachment>> Seen { get; init; }

    /// <summary>Called when somebody was seen to attach, or to turn to a session.</summary>
    public Action? Noted { get; init; }

    /// <summary>Watches the servers that are found in the usual folders, from now on.</summary>
    public async ValueTask LookAroundAsync()
    {
        if (await worker.RunAsync(MultiplexerFolders.Read, Deadline) is MultiplexerFolders found)
        {
            // First the folders: what appears in one after it was listed is told.
            foreach (string path in found.Folders)
            {
                watch.WatchFolder(path);
            }

            foreach (string path in found.Sockets)
            {
                watch.WatchSocket(path);
            }
        }
    }

    /// <summary>The kernel dropped events.</summary>
    public void LookAgain()
    {
        watch.LookAgain();
        Observe(LookAroundAsync());
    }

    /// <summary>A caller runs in this server, wherever its socket is: it is watched from now on.</summary>
    public void Meet(MultiplexerServer server)
    {
        if (met.Count >= AttachWatch.MaxWatched)
        {
            met.Clear();
        }

        if (met.Add(server.Process))
        {
            Observe(WatchAsync(server));
        }
    }

    /// <summary>Somebody has turned to a terminal.</summary>
    public void Follow(string terminal) => Observe(FollowAsync(terminal));

    private async ValueTask FollowAsync(string terminal)
    {
        (string Path, MultiplexerServer Server)[] attached = [.. watch.AttachedSockets.Where(servers.ContainsKey).Select(path => (path, servers[path]))];
        if (attached.Length == 0 || await worker.RunAsync(() => attached.Select(known => TerminalsOf(known.Server)).ToArray(), Deadline) is not string[][] held)
        {
            return;
        }

        (string Path, string[] Terminals)[] shown = [.. attached.Select((known, i) => (known.Path, held[i])).Where(known => known.Item2.Contains(terminal))];
        if (shown.Length == 0)
        {
            WatchOn(terminal);
        }

        foreach ((string path, string[] terminals) in shown)
        {
            if (terminals.Length > 1)
            {
                alone.Remove(path);
                Note(path);
            }
            else if (alone.GetValueOrDefault(path) != terminal)
            {
                // Nobody else is there to turn to: once is enough.
                alone[path] = terminal;
                Note(path);
            }
        }
    }

    /// <summary>Not at each key: whether it shows a session by now is looked at again when the pause is over.</summary>
    private void WatchOn(string terminal)
    {
        if (watching.IsDue(later: () => Follow(terminal)))
        {
            MayAttach(terminal);
        }
    }

    private static string[] TerminalsOf(MultiplexerServer server) => [.. server.Kind.Clients(server).Select(client => client.Terminal)];

    private void Forget(string path)
    {
        servers.Remove(path);
        alone.Remove(path);
    }

    private async ValueTask WatchAsync(MultiplexerServer server)
    {
        string? socket = await worker.RunAsync(() => WatchablePathOf(server), Deadline);
        if (socket is not null)
        {
            servers[socket] = server;
            watch.WatchSocket(socket);
        }
    }

    /// <summary>On a file server looking at it could take its time, and nobody tells what other hosts do.</summary>
    private static string? WatchablePathOf(MultiplexerServer server) =>
        MultiplexerSocket.PathOf(server.Pid) is string path && !FileSystem.MayBlock(path) ? path : null;

    /// <summary>Attaching changes a socket's mode several times: what comes while a note is under way is noted together, after it.</summary>
    private void Note(string path)
    {
        if (underWay.TryAdd(path, false))
        {
            Observe(NoteUntilQuietAsync(path));
        }
        else
        {
            underWay[path] = true;
        }
    }

    private async ValueTask NoteUntilQuietAsync(string path)
    {
        try
        {
            do
            {
                underWay[path] = false;
                await NoteOnceAsync(path);
            }
            while (underWay[path]);
        }
        finally
        {
            underWay.Remove(path);
        }
    }

    private async ValueTask NoteOnceAsync(string path)
    {
        LoginPids loginPids = await LoginPids();
        TypingTimes typed = Typed();
        MultiplexerServer? known = servers.GetValueOrDefault(path);
        (MultiplexerServer? Server, IReadOnlyList<MultiplexerView>? Views) seen = await worker.RunAsync(() => Read(path, known, loginPids, typed), Deadline);
        if (seen.Server is null)
        {
            servers.Remove(path);
            return;
        }

        servers[path] = seen.Server;
        foreach (MultiplexerView view in seen.Views!)
        {
            memory.Note(seen.Server, view.Sessions[0], view.Attachments);
            Seen(view.Attachments);
        }

        Noted?.Invoke();
    }

    private (MultiplexerServer? Server, IReadOnlyList<MultiplexerView> Views) Read(
        string path, MultiplexerServer? known, LoginPids loginPids, TypingTimes typed)
    {
        bool isRunning = known is not null && ProcessIdentity.Of(known.Pid) == known.Process;
        MultiplexerServer? server = isRunning ? known : MultiplexerSearch.ServerOf(path);
        return (server, server is null ? [] : multiplexers.ReadSessions(server, loginPids, typed));
    }

    private void Observe(ValueTask work) => worker.Loop.Observe(work.AsTask());
}
