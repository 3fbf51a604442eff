using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Activity;

/// <summary>
/// Notes who is attached to which session whenever somebody attaches, and whenever one of the attached people switches to it, because
/// nothing can say it once the session is detached. Belongs to the loop.
/// </summary>
internal sealed class AttachTracker
{
    /// <summary>Nothing waits for a note; the worker may be busy with choices.</summary>
    private static readonly TimeSpan Deadline = MultiplexerReader.ReadTimeout + TimeSpan.FromSeconds(1);

    /// <summary>The shortest pause between two looks at a terminal that somebody types in.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly BlockingWorker worker;
    private readonly MultiplexerReader multiplexers;
    private readonly AttachmentMemory memory;
    private readonly NotesUnderWay notes;
    private readonly AttachWatch watch;
    private readonly Dictionary<string, MultiplexerServer> servers = [];
    private readonly HashSet<ProcessIdentity> met = [];
    private readonly Dictionary<string, bool> underWay = [];
    private readonly LoopPace watching;

    /// <summary>The terminal that shows a server's sessions, if there is exactly one.</summary>
    private readonly Dictionary<string, string> alone = [];

    public AttachTracker(Inotify inotify, BlockingWorker worker, MultiplexerReader multiplexers, AttachmentMemory memory, NotesUnderWay notes)
    {
        this.worker = worker;
        this.multiplexers = multiplexers;
        this.memory = memory;
        this.notes = notes;
        watching = new LoopPace(worker.Loop, Pause);
        watch = new AttachWatch(inotify)
        {
            Attached = Note,
            Appeared = () => notes.Add(LookAroundAsync()),
            Ended = Forget,
        };
    }

    /// <summary>Updates the agents, and returns the session processes of the logins that have one.</summary>
    public required Func<ValueTask<LoginPids>> LoginPids { get; init; }

    /// <summary>The known times of typing.</summary>
    public required Func<TypingTimes> Typed { get; init; }

    /// <summary>
    /// Called with a terminal that somebody types in and that shows no session, while others do: the next command there may attach it, and
    /// the sockets do not report a further attachment.
    /// </summary>
    public required Action<string> MayAttach { get; init; }

    /// <summary>Called with the terminals that show a server's sessions.</summary>
    public required Action<IReadOnlyList<Attachment>> Seen { get; init; }

    /// <summary>Called when somebody was seen to attach, or to switch to a session.</summary>
    public Action? Noted { get; init; }

    /// <summary>From now on, watches the servers in the usual folders.</summary>
    public async ValueTask LookAroundAsync()
    {
        if (await worker.RunAsync(MultiplexerFolders.Read, Deadline) is MultiplexerFolders found)
        {
            // First the folders, so that a watch reports what appears after the listing.
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
        notes.Add(LookAroundAsync());
    }

    /// <summary>A caller runs in this server: fairlead watches it from now on, wherever its socket is.</summary>
    public void Meet(MultiplexerServer server)
    {
        if (met.Count >= AttachWatch.MaxWatched)
        {
            met.Clear();
        }

        if (met.Add(server.Process))
        {
            notes.Add(WatchAsync(server));
        }
    }

    /// <summary>Somebody has switched to a terminal.</summary>
    public void Follow(string terminal) => notes.Add(FollowAsync(terminal));

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
                // There is nobody else to switch to: once is enough.
                alone[path] = terminal;
                Note(path);
            }
        }
    }

    /// <summary>Not at each key: it looks again when the pause is over whether the terminal shows a session by now.</summary>
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

    /// <summary>On a file server a look could take long, and no event reports what other hosts do.</summary>
    private static string? WatchablePathOf(MultiplexerServer server) =>
        MultiplexerSocket.PathOf(server.Pid) is string path && !FileSystem.MayBlock(path) ? path : null;

    /// <summary>Attaching changes a socket's mode several times: events during a note lead to one further note after it.</summary>
    private void Note(string path)
    {
        if (underWay.TryAdd(path, false))
        {
            notes.Add(NoteUntilQuietAsync(path));
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
}
