using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.StalePaths;

/// <summary>
/// Listens again at agent paths that are gone and that programs of this user still name, so that a pane from before works with nothing done in it
/// (docs/architecture.md, "Panes from before fairlead").
/// </summary>
/// <remarks>
/// It looks at its start, when an agent has come or ended, when a login registers, and when the process that a path was kept for has ended. All of these
/// are events: nothing is asked while nothing happens, and never for a request. An agent that has come leaves no path dead. But a login that ran no init and
/// asked for nothing was never known, so nobody noticed its end: the next login is the moment at which the programs that it left are found.
/// </remarks>
internal sealed class StalePathKeeper : IDisposable
{
    /// <summary>Between two looks at least; four times what the last one took if that is more: a hundred logins in a second do not cost a hundred looks.</summary>
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Before what could not be done is tried again although nothing new has happened: three times and no more.</summary>
    private static readonly TimeSpan[] RetryPauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    /// <summary>For /tmp, when others have filled it.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A person waits for the report.</summary>
    public static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(1);

    private readonly EventLoop loop;
    private readonly AgentRegistry registry;
    private readonly StalePathPatterns patterns;
    private readonly StalePathSockets sockets;
    private readonly StalePathMarks marked;
    private readonly NamedPaths namedPaths;
    private readonly FolderWatches watches;
    private readonly bool homeMayBlock;
    private HashSet<string> living = [];
    private LoopEvent settled = new();
    private LoopTimer? retry;
    private int retries;
    private bool isStarted;
    private bool isAware;
    private bool isLooking;
    private bool isRefreshing;
    private bool isWanted;
    private bool isResting;
    private bool isHandedOver;

    public StalePathKeeper(
        EventLoop loop, BlockingWorker worker, AgentRegistry registry, StalePathPatterns patterns, StalePathSockets sockets, StalePathMarks marked, uint uid)
    {
        this.loop = loop;
        this.registry = registry;
        this.patterns = patterns;
        this.sockets = sockets;
        this.marked = marked;
        namedPaths = new NamedPaths(worker, uid, path => patterns.Recognise(path) is not null);
        homeMayBlock = patterns.HomeFolder is { } home && FileSystem.MayBlock(home);
        watches = new FolderWatches(loop, NoteDisappearance);
        registry.Changed += NoteAgents;
        registry.Collected = RenewMarks;
        sockets.WitnessEnded = Look;
    }

    public StalePathSockets Sockets => sockets;

    /// <summary>From here on it works.</summary>
    public void Start()
    {
        isStarted = true;
        Look();
    }

    /// <summary>What the configuration says: off, nothing is listened at, marked or looked for.</summary>
    public void Enable(bool enabled)
    {
        bool turnedOff = sockets.IsOpen && !enabled;
        sockets.IsOpen = enabled;
        if (turnedOff)
        {
            LetGo();
        }

        Look();
    }

    /// <summary>Something may have changed. At once, unless a look is under way: then again after it.</summary>
    public void Look()
    {
        retries = 0;
        LookSoon();
    }

    /// <summary>Waits, for so long at most, until what is known of has been looked at: for who reports it.</summary>
    public ValueTask SettleAsync(TimeSpan patience) => isLooking ? settled.WaitAsync(loop, patience) : ValueTask.CompletedTask;

    /// <summary>Nothing comes or goes from here on, until <see cref="WakeUp"/>.</summary>
    /// <returns>False when a look that is under way does not end in time.</returns>
    public async ValueTask<bool> RestAsync(TimeSpan patience)
    {
        isResting = true;
        await SettleAsync(patience);
        return !isLooking;
    }

    public void WakeUp()
    {
        isResting = false;
        Look();
    }

    /// <summary>Another process goes on with all of it. Only at rest.</summary>
    public void HandOver()
    {
        isHandedOver = true;
        retry?.Dispose();
        sockets.HandOver();
    }

    /// <summary>Leaves nothing behind: no socket, no folder that fairlead made, no list, and no mark but in the folders of logins that live.</summary>
    public void Dispose()
    {
        sockets.IsOpen = false;
        if (isStarted && !isHandedOver)
        {
            LetGo(); // one that never served has nothing to leave, and knows nothing of what is there
        }

        watches.Dispose();
    }

    private void LookSoon()
    {
        isWanted = true;
        if (isStarted && sockets.IsOpen && !isLooking && !isResting)
        {
            isLooking = true;
            loop.Post(() => _ = LookWhileWantedAsync());
        }
    }

    private async Task LookWhileWantedAsync()
    {
        try
        {
            while (isWanted && sockets.IsOpen && !isResting)
            {
                isWanted = false;
                long began = loop.Time.GetTimestamp();
                bool isDone = await LookOnceAsync();
                RetryLater(isDone);
                if (isWanted)
                {
                    TimeSpan pause = loop.Time.GetElapsedTime(began) * 4;
                    await loop.DelayAsync(pause > LeastPause ? pause : LeastPause);
                }
            }
        }
        catch (Exception fault)
        {
            loop.Faulted?.Invoke(fault);
        }
        finally
        {
            isLooking = false;
            LoopEvent waiting = settled;
            settled = new LoopEvent();
            waiting.Happen();
        }
    }

    /// <returns>False when it is worth another try.</returns>
    private async ValueTask<bool> LookOnceAsync()
    {
        isRefreshing = true;
        bool isCaughtUp = await registry.CatchUpAsync(ReadTimeout);
        isRefreshing = false;
        if (!isAware)
        {
            await sockets.ReadRecordAsync();
            isAware = isCaughtUp
                && (patterns.SharedFolder is null || (registry.FindLoginFoldersIn(patterns.SharedFolder) is { } folders && await marked.FindAsync(folders)));
        }

        (Agent Agent, StalePath Path)[] agents = LivingAgents();
        living = [.. agents.Select(agent => agent.Agent.Path)];

        // Watched before it is marked: a login that ends in between is noticed.
        watches.Cover(Folders(agents.Select(agent => agent.Path)));
        foreach ((Agent agent, StalePath path) in agents.Where(agent => agent.Path.IsInSharedFolder && sockets.IsOpen))
        {
            await marked.MarkAsync(path, agent.Identity);
        }

        (IReadOnlyDictionary<string, NamingProcess> named, bool isComplete) = await namedPaths.ReadAsync();
        if (!sockets.IsOpen)
        {
            return true;
        }

        bool isDone = await sockets.ListenAsync(named.Values.Where(process => !living.Contains(process.Path)));
        watches.Cover(Folders(agents.Select(agent => agent.Path)));
        foreach (StalePathFile file in sockets.All.Select(socket => socket.File).Where(file => file.Path.IsInSharedFolder).ToArray())
        {
            await marked.KeepAsync(file.Path, file.Identity);
        }

        isComplete &= isCaughtUp;
        if (isComplete && isAware && sockets.IsOpen)
        {
            await sockets.DropAsync(named.ContainsKey);
            await marked.SweepAsync(named.Keys.Concat(living).Select(path => Path.GetDirectoryName(path)!).ToHashSet());
        }

        return isDone && isComplete && isAware;
    }

    /// <summary>Those to watch: not in a home on a file server, where to begin a watch may take for ever.</summary>
    private HashSet<string> Folders(IEnumerable<StalePath> agents) =>
    [
        .. agents
            .Concat(sockets.All.Select(socket => socket.File.Path))
            .Where(path => path.IsInSharedFolder || !homeMayBlock)
            .Select(path => path.Folder),
    ];

    private void RetryLater(bool isDone)
    {
        retry?.Dispose();
        retry = isDone || retries == RetryPauses.Length ? null : loop.Schedule(RetryPauses[retries++], LookSoon);
    }

    private (Agent Agent, StalePath Path)[] LivingAgents() =>
    [
        .. registry.Agents
            .Where(agent => agent is { Source: AgentSource.Forwarded, IsUsable: true, IsAtPath: true })
            .Select(agent => (agent, Path: patterns.Recognise(agent.Path)!))
            .Where(agent => agent.Path is not null && !sockets.IsLeftover(agent.Path, agent.agent.Identity)),
    ];

    /// <summary>Requests and registrations make the registry look; what that shows is news only if it is about a login's agent.</summary>
    private void NoteAgents()
    {
        if (sockets.IsOpen && !isRefreshing && !living.SetEquals(LivingAgents().Select(agent => agent.Agent.Path)))
        {
            Look();
        }
    }

    /// <summary>A folder that has changed may have lost its mark: where no event tells of it, this does.</summary>
    private void RenewMarks()
    {
        if (sockets.IsOpen && !isHandedOver)
        {
            loop.Observe(marked.RenewAllAsync());
        }
    }

    /// <param name="path">Null when all of a folder has.</param>
    private void NoteDisappearance(string? path)
    {
        if (Path.GetFileName(path) == StalePathMark.Name)
        {
            loop.Observe(marked.RenewAsync(Path.GetDirectoryName(path)!).AsTask()); // at once: a login may be about to end
        }
        else if (path is null || patterns.Recognise(path) is not null)
        {
            Look();
        }
    }

    private void LetGo()
    {
        retry?.Dispose();
        watches.Cover(new HashSet<string>());
        sockets.CloseAll();
        marked.ClearAll();
        isAware = false;
    }
}
