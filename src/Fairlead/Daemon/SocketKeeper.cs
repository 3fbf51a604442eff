using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Location;

namespace Fairlead.Daemon;

/// <summary>
/// Keeps the sockets at their paths: they are made again when somebody removes them, or their folder, or mounts the home anew. Woken by
/// the folder's own events and by changes of the mount table; nothing is polled while all is well.
/// </summary>
internal sealed class SocketKeeper(EventLoop loop, SocketLocation location, IReadOnlyList<ServedSocket> sockets, FileLock held, Log log) : IDisposable
{
    private const uint FolderEvents = LibC.IN_DELETE | LibC.IN_MOVED_FROM | LibC.IN_DELETE_SELF | LibC.IN_MOVE_SELF | LibC.IN_UNMOUNT | LibC.IN_ONLYDIR;

    /// <summary>Of a folder above: what is in it has other paths then.</summary>
    private const uint MoveEvents = LibC.IN_MOVE_SELF | LibC.IN_ONLYDIR;

    /// <summary>What removes one file is often about to remove the next.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(1);

    /// <summary>Null when the user has no watches left (fs.inotify.max_user_instances): then it is looked when mounts change.</summary>
    private readonly Inotify? inotify = Inotify.TryCreate(loop);
    private FileLock instanceLock = held;
    private LoopTimer? pending;
    private LoopDescriptor? mountTable;
    private TimeSpan retry = FirstRetry;
    private readonly List<int> watches = [];

    /// <summary>Called when the sockets were made again: they are other files now.</summary>
    public Action? Remade { get; set; }

    /// <summary>Called when another instance has taken the place.</summary>
    public Action? Superseded { get; set; }

    /// <summary>Says that this is the one daemon of its place; changes when the lock file was removed.</summary>
    public FileLock Lock => instanceLock;

    /// <summary>For sockets that were passed on: what happened to their files on the way was nobody's to notice.</summary>
    public void CheckSoon() => CheckAfter(Settling);

    public void Start()
    {
        if (inotify is not null)
        {
            inotify.Overflowed = () => CheckAfter(Settling);
        }

        WatchFolders();
        int mounts = LibC.Result(LibC.openat(LibC.AT_FDCWD, "/proc/self/mountinfo", LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        if (mounts >= 0)
        {
            mountTable = loop.WatchForChange(mounts);
            mountTable.Readable = () => CheckAfter(Settling);
        }
    }

    /// <summary>
    /// Lets the next daemon take the place. Not left to the end of the process: the kernel closes its files from the last one down (task_work_run,
    /// kernel/task_work.c), and <c>fairlead stop</c>, which waits for its own connection to end, would be back before the lock is free.
    /// </summary>
    public void Release() => instanceLock.Dispose();

    /// <summary>The lock stays: where no socket could be made, it says that this daemon listens elsewhere.</summary>
    public void Dispose()
    {
        pending?.Dispose();
        mountTable?.Dispose();
        inotify?.Dispose();
    }

    private void WatchFolders()
    {
        if (inotify is null)
        {
            return;
        }

        watches.ForEach(inotify.Unwatch);
        watches.Clear();
        watches.Add(inotify.Watch(location.Folder, FolderEvents, (_, _) => CheckAfter(Settling)));
        foreach (FolderRule above in location.Folders.SkipLast(1))
        {
            watches.Add(inotify.Watch(above.Path, MoveEvents, (_, _) => CheckAfter(Settling)));
        }
    }

    private void CheckAfter(TimeSpan delay)
    {
        pending?.Dispose();
        pending = loop.Schedule(delay, Check);
    }

    private void Check()
    {
        if (sockets.All(socket => socket.IsInPlace) && instanceLock.IsAt(location.Lock))
        {
            retry = FirstRetry;
            return;
        }

        if (!TryRemake(out string problem))
        {
            log.Write($"{location.Socket} or its lock is gone and cannot be made again: {problem}");
            CheckAfter(retry);
            retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
            return;
        }

        log.Write($"{location.Socket} or its lock was removed; it is there again");
        retry = FirstRetry;
        WatchFolders();
        Remade?.Invoke();
    }

    private bool TryRemake(out string problem)
    {
        FolderVerdict folder = location.Prepare();
        if (!folder.IsUsable)
        {
            problem = folder.Describe();
            return false;
        }

        int locked = KeepLock();
        if (locked < 0)
        {
            bool isHeld = locked == -Errno.EAGAIN;
            problem = isHeld ? "another instance has taken its place" : $"{location.Lock}: {Errno.Describe(locked)}";
            if (isHeld)
            {
                Superseded?.Invoke();
            }

            return false;
        }

        foreach (ServedSocket socket in sockets.Where(socket => !socket.IsInPlace))
        {
            int result = socket.Open();
            if (result < 0)
            {
                problem = Errno.Describe(result);
                return false;
            }
        }

        problem = "";
        return true;
    }

    /// <summary>The lock file may have been removed with the rest, and another instance may hold the new one.</summary>
    /// <returns>Zero, or minus errno: EAGAIN when another instance does.</returns>
    private int KeepLock()
    {
        if (instanceLock.IsAt(location.Lock))
        {
            return 0;
        }

        int taken = FileLock.TryTake(location.Lock, out FileLock? fresh);
        if (fresh is not null)
        {
            instanceLock.Dispose();
            instanceLock = fresh;
        }

        return taken;
    }
}
