using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Agents;

/// <summary>
/// Watches the folders in which agents appear, and makes the registry look when something new is in one. Belongs to the loop.
/// </summary>
/// <remarks>
/// /tmp is among them, where everybody's files would wake us, so it watches only while somebody waits. It does not watch folders on file
/// servers, because a watch there may take forever to begin; logins that register cover them. It looks at a folder that cannot be watched
/// (fs.inotify limits) when the wait begins.
/// </remarks>
internal sealed class ArrivalWatch(EventLoop loop, AgentRegistry registry)
{
    private const uint Events = LibC.IN_CREATE | LibC.IN_MOVED_TO | LibC.IN_ONLYDIR;

    /// <summary>How many folders are watched: enough for all logins that may begin at once, but not for a flood of names.</summary>
    private const int MaxWatched = 64;

    /// <summary>
    /// After an event. sshd makes the folder first and binds a moment later, which a clock that ticks every 10 ms may hide.
    /// </summary>
    private static readonly TimeSpan[] FurtherLooks =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)];

    private readonly Dictionary<string, int> watches = [];
    private readonly List<LoopTimer> timers = [];
    private bool isWatching;
    private bool isLooking;
    private bool isWanted;

    public int Watched => watches.Count;

    public void Begin()
    {
        if (!isWatching)
        {
            isWatching = true;
            loop.Inotify.Overflowed += Look;
            Look(); // a login may be between its folder and its socket
        }
    }

    public void End()
    {
        isWatching = false;
        Forget(timers);
        loop.Inotify.Overflowed -= Look;
        foreach (int watch in watches.Values)
        {
            loop.Inotify.Unwatch(watch);
        }

        watches.Clear();
    }

    /// <summary>Makes the registry look now and again in a moment, if somebody waits.</summary>
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

    /// <summary>The registry itself reports what it finds.</summary>
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

    /// <summary>
    /// Adds the missing watches. For a folder that does not exist it watches the nearest one above it, where the folder will appear.
    /// </summary>
    private void Cover()
    {
        foreach (string folder in registry.WatchableFolders)
        {
            for (string? next = folder; !string.IsNullOrEmpty(next) && !TryWatch(next); next = Path.GetDirectoryName(next))
            {
            }
        }
    }

    /// <returns>False if there is no such folder.</returns>
    private bool TryWatch(string folder)
    {
        if (watches.ContainsKey(folder) || watches.Count >= MaxWatched)
        {
            return true;
        }

        int watch = loop.Inotify.Watch(folder, Events, (mask, name) => Note(folder, mask, name));
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
        else if (LoginFolder.IsName(name))
        {
            if (!IsOurFolder(Path.Join(folder, name)))
            {
                return; // another user's login
            }

            TryWatch(Path.Join(folder, name));
        }

        // In /tmp only the names of agents count, because others put thousands of files there.
        if (name.Length == 0 || registry.MayLeadToAgent(folder, name))
        {
            Look();
        }
    }

    private static bool IsOurFolder(string path) =>
        FileStatus.TryRead(path, out FileStatus status) >= 0 && status.Kind == FileKind.Directory && status.Uid == CurrentProcess.Uid;
}
