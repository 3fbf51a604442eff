using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Agents;

/// <summary>
/// Watches the folders in which agents appear, and has the registry look when there is something new in one. Belongs to the loop.
/// </summary>
/// <remarks>
/// /tmp is among them, where everybody's files would wake us: so nothing is watched unless somebody waits. Folders on file servers are not, because
/// to begin a watch there may take for ever; logins that register cover them. A folder that cannot be watched (fs.inotify limits) is looked at when
/// the waiting begins.
/// </remarks>
internal sealed class ArrivalWatch(EventLoop loop, AgentRegistry registry)
{
    private const uint Events = LibC.IN_CREATE | LibC.IN_MOVED_TO | LibC.IN_ONLYDIR;

    /// <summary>Folders that are watched: those of all logins that may begin at once, and of no flood of names.</summary>
    private const int MaxWatched = 64;

    /// <summary>After an event. sshd makes the folder first and binds a moment later; a clock that ticks every 10 ms may hide that.</summary>
    private static readonly TimeSpan[] FurtherLooks =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];

    private readonly Dictionary<string, int> watches = [];
    private readonly List<LoopTimer> timers = [];
    private Inotify? inotify;
    private bool isWatching;
    private bool isLooking;
    private bool isWanted;

    public int Watched => watches.Count;

    public void Begin()
    {
        if (!isWatching)
        {
            isWatching = true;
            inotify = Inotify.TryCreate(loop);
            if (inotify is not null)
            {
                inotify.Overflowed = Look;
            }

            Look(); // a login may be between its folder and its socket
        }
    }

    public void End()
    {
        isWatching = false;
        Forget(timers);
        watches.Clear();
        inotify?.Dispose();
        inotify = null;
    }

    /// <summary>Has the registry look now and in a moment, if somebody waits.</summary>
    public void Look()
    {
        if (isWatching)
        {
            Forget(timers);
            timers.AddRange(FurtherLooks.Select(pause => loop.Schedule(pause, LookOnce)));
            LookOnce();
        }
    }

    private static void Forget(List<LoopTimer> timers)
    {
        timers.ForEach(timer => timer.Dispose());
        timers.Clear();
    }

    private void LookOnce()
    {
        Cover();
        isWanted = true;
        if (!isLooking)
        {
            isLooking = true;
            loop.Observe(LookWhileWantedAsync());
        }
    }

    /// <summary>What is found is told by the registry itself.</summary>
    private async Task LookWhileWantedAsync()
    {
        try
        {
            while (isWanted)
            {
                isWanted = false;
                await registry.RefreshAsync();
            }
        }
        finally
        {
            isLooking = false;
        }
    }

    /// <summary>Watches what is not watched yet. Of a folder that is not there, the nearest one above it: there it will appear.</summary>
    private void Cover()
    {
        foreach (string folder in registry.WatchableFolders)
        {
            for (string? next = folder; !string.IsNullOrEmpty(next) && !TryWatch(next); next = Path.GetDirectoryName(next))
            {
            }
        }
    }

    /// <returns>False when there is no such folder.</returns>
    private bool TryWatch(string folder)
    {
        if (watches.ContainsKey(folder) || inotify is null || watches.Count >= MaxWatched)
        {
            return true;
        }

        int watch = inotify.Watch(folder, Events, (mask, name) => Note(folder, mask, name));
        if (watch > 0)
        {
            watches[folder] = watch;
        }

        return watch is not (-Errno.ENOENT or -Errno.ENOTDIR);
    }

    private void Note(string folder, uint mask, string name)
    {
        if ((mask & LibC.IN_IGNORED) != 0)
        {
            watches.Remove(folder);
        }
        else if (name.StartsWith(SocketFolder.LoginFolderPrefix, StringComparison.Ordinal) && IsOurFolder(Path.Join(folder, name)))
        {
            TryWatch(Path.Join(folder, name));
        }

        // Of /tmp only the names of agents count: others put thousands of files there.
        if (name.Length == 0 || registry.MayLeadToAgent(folder, name))
        {
            Look();
        }
    }

    private static bool IsOurFolder(string path) =>
        FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Kind == FileKind.Directory && status.Uid == CurrentProcess.Uid;
}
