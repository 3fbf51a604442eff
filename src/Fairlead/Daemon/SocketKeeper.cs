using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Location;

namespace Fairlead.Daemon;

/// <summary>
/// Keeps the sockets, the lock and the link at their paths: they are made again when somebody removes them, or their folder, or mounts the home again. Woken by
/// the folders' own events and by changes of the mount table; while all is well and the system lets us watch, nothing is polled.
/// </summary>
/// <param name="state">Where the lock and the link to the agent socket are.</param>
/// <param name="socket">The path that the link names.</param>
internal sealed class SocketKeeper(EventLoop loop, StateLocation state, string socket, FileLock held, Log log) : IDisposable
{
    private const uint FolderEvents = LibC.IN_DELETE | LibC.IN_MOVED_FROM | LibC.IN_DELETE_SELF | LibC.IN_MOVE_SELF | LibC.IN_UNMOUNT | LibC.IN_ONLYDIR;

    /// <summary>Of a folder above: what is in it has other paths then.</summary>
    private const uint MoveEvents = LibC.IN_MOVE_SELF | LibC.IN_ONLYDIR;

    /// <summary>What removes one file is often about to remove the next.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(10);

    /// <summary>Where a folder cannot be watched (fs.inotify.max_user_instances is used up, say), it is looked at in its place.</summary>
    private static readonly TimeSpan UnwatchedLook = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    private readonly List<(ServedSocket Socket, FolderChain Folders)> sockets = [];
    private readonly List<int> watches = [];
    private FileLock instanceLock = held;
    private LoopTimer? pending;
    private LoopDescriptor? mountTable;
    private TimeSpan retry = FirstRetry;
    private bool hasStarted;

    /// <summary>Called when the sockets were made again: they are other files now.</summary>
    public Action? Remade { get; set; }

    /// <summary>Called when another instance has taken the place.</summary>
    public Action? Superseded { get; set; }

    /// <summary>Called when something cannot be made again, each time that it was tried.</summary>
    public Action? Unreachable { get; set; }

    /// <summary>Says that this is the one daemon of its place; changes when the lock file was removed.</summary>
    public FileLock Lock => instanceLock;

    /// <summary>The pid of the daemon that has the place now; 0 when none does.</summary>
    public int Holder => FileLock.HolderOf(state.Lock);

    /// <summary>Folders could not be watched, and are looked at every few seconds.</summary>
    public bool IsPolling { get; private set; }

    /// <summary>Also keeps this socket.</summary>
    /// <param name="folders">Its folder, made again when it is gone.</param>
    public void Keep(ServedSocket kept, FolderChain folders)
    {
        sockets.Add((kept, folders));
        if (hasStarted)
        {
            WatchFolders();
        }
    }

    /// <summary>For sockets that were passed on: what happened to their files on the way was nobody's to notice.</summary>
    public void CheckSoon() => CheckAfter(Settling);

    public void Start()
    {
        hasStarted = true;
        loop.Inotify.Overflowed += CheckSoon;
        WatchFolders();
        mountTable = loop.WatchForChange("/proc/self/mountinfo", CheckSoon);
    }

    /// <summary>Nobody serves that socket any more.</summary>
    public void RemoveLink()
    {
        if (state.Socket is null && HasLink)
        {
            _ = LibC.unlinkat(LibC.AT_FDCWD, state.AgentLink, 0);
        }
    }

    /// <summary>
    /// Lets the next daemon take the place. Not left to the end of the process: the kernel closes its files from the last one down (task_work_run,
    /// kernel/task_work.c), and <c>fairlead stop</c>, which waits for its own connection to end, would be back before the lock is free.
    /// </summary>
    public void Release() => instanceLock.Dispose();

    public void Dispose()
    {
        pending?.Dispose();
        mountTable?.Dispose();
        loop.Inotify.Overflowed -= CheckSoon;
        watches.ForEach(loop.Inotify.Unwatch);
        watches.Clear();
    }

    private bool IsAllInPlace =>
        sockets.All(kept => kept.Socket.IsInPlace) && instanceLock.IsAt(state.Lock) && HasLink;

    private bool HasLink => state.Socket is not null || (SymbolicLink.TryRead(state.AgentLink, out string target) && target == socket);

    private void WatchFolders()
    {
        watches.ForEach(loop.Inotify.Unwatch);
        watches.Clear();
        foreach (FolderRule folder in sockets.Select(kept => kept.Folders).Append(state.Folders).SelectMany(chain => chain.Rules).DistinctBy(folder => folder.Path))
        {
            bool holdsFiles = folder.Path == state.Folders.Folder || sockets.Any(kept => kept.Folders.Folder == folder.Path);
            watches.Add(loop.Inotify.Watch(folder.Path, holdsFiles ? FolderEvents : MoveEvents, (_, _) => CheckSoon()));
        }

        IsPolling = watches.Any(watch => watch is -Errno.EMFILE or -Errno.ENFILE or -Errno.ENOSPC);
        if (IsPolling)
        {
            CheckAfter(UnwatchedLook);
        }
    }

    private void CheckAfter(TimeSpan delay)
    {
        pending?.Dispose();
        pending = loop.Schedule(delay, Check);
    }

    private void Check()
    {
        if (IsAllInPlace)
        {
            retry = FirstRetry;
            if (IsPolling)
            {
                WatchFolders();
            }

            return;
        }

        if (!TryRemake(out string problem))
        {
            log.Write($"{socket}, or a file beside it, is gone and cannot be made again: {problem}");
            CheckAfter(retry);
            retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
            Unreachable?.Invoke();
            return;
        }

        log.Write($"{socket}, or a file beside it, was removed; it is back");
        retry = FirstRetry;
        WatchFolders();
        CheckSoon(); // what was removed before the watch began
        Remade?.Invoke();
    }

    private bool TryRemake(out string problem)
    {
        int locked = KeepLock(out problem);
        if (locked == -Errno.EAGAIN)
        {
            Superseded?.Invoke();
        }

        if (locked < 0)
        {
            return false;
        }

        foreach ((ServedSocket kept, FolderChain folders) in sockets.Where(kept => !kept.Socket.IsInPlace))
        {
            FolderVerdict folder = folders.Prepare();
            int result = folder.IsUsable ? kept.Open() : -Errno.ENOENT;
            if (result < 0)
            {
                problem = folder.IsUsable ? $"{kept.Path}: {Errno.Describe(result)}" : folder.Describe();
                return false;
            }
        }

        int linked = WriteLink();
        problem = linked < 0 ? $"{state.AgentLink}: {Errno.Describe(linked)}" : "";
        return linked >= 0;
    }

    /// <summary>The lock file may have been removed with the rest, and another instance may hold the new one.</summary>
    /// <returns>Zero, or minus errno: EAGAIN when another instance does.</returns>
    private int KeepLock(out string problem)
    {
        problem = "";
        if (instanceLock.IsAt(state.Lock))
        {
            return 0;
        }

        FolderVerdict folder = state.Prepare();
        if (!folder.IsUsable)
        {
            problem = folder.Describe();
            return -Errno.ENOENT;
        }

        int taken = FileLock.TryTake(state.Lock, out FileLock? fresh);
        if (fresh is not null)
        {
            instanceLock.Dispose();
            instanceLock = fresh;
        }

        problem = taken == -Errno.EAGAIN ? "another instance has taken its place" : taken < 0 ? $"{state.Lock}: {Errno.Describe(taken)}" : "";
        return taken;
    }

    /// <summary>Who looks for this daemon reads there which socket it serves: to be there before the control socket.</summary>
    /// <returns>Zero, or minus errno.</returns>
    public int WriteLink() => HasLink ? 0 : SymbolicLink.Write(state.AgentLink, socket);
}
