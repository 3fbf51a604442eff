using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>The loop's one inotify instance: watches with a callback each, any number of them on one file (inotify(7)).</summary>
/// <remarks>
/// One is enough, and a user has 128 by default (fs.inotify.max_user_instances) for all programs together. The first watch makes it; if the
/// system allows no further instance, each later watch tries again. The kernel keeps one watch for each inode and instance, and a second
/// inotify_add_watch replaces or widens its mask. So this class asks for the events of all watches of an inode together, and distributes
/// them.
/// </remarks>
internal sealed unsafe class Inotify : IDisposable
{
    private readonly Dictionary<int, WatchedInode> inodes = [];
    private readonly Dictionary<int, WatchedInode> inodeOfWatch = [];
    private readonly EventLoop loop;
    private LoopDescriptor? descriptor;
    private int lastWatch;
    private bool isReading;

    internal Inotify(EventLoop loop) => this.loop = loop;

    /// <summary>The kernel dropped events: look again at everything that is watched.</summary>
    public event Action? Overflowed;

    /// <summary>Whether the system allows an instance now. If not, the caller must look instead of watching.</summary>
    public bool IsAvailable => Instance() is not null;

    /// <summary>
    /// Watches a path; the callback gets the event's mask and, for a directory, the name inside it. IN_IGNORED says that the file is gone,
    /// and the watch with it. With IN_ONESHOT the first event ends the watch without a further one.
    /// </summary>
    /// <returns>The watch, above zero, or minus errno: EMFILE if the system allows no instance.</returns>
    public int Watch(string path, uint mask, Action<uint, string> callback)
    {
        if (Instance() is not { } instance)
        {
            return -Errno.EMFILE;
        }

        // IN_ONESHOT is added later, if at all: in a watch that others share it would also end theirs.
        int number = LibC.Result(LibC.inotify_add_watch(instance.Number, path, (mask & ~LibC.IN_ONESHOT) | LibC.IN_MASK_ADD));
        if (number < 0)
        {
            return number;
        }

        if (!inodes.TryGetValue(number, out WatchedInode? inode))
        {
            inode = new WatchedInode(path, number);
            inodes.Add(number, inode);
        }

        var watch = new InotifyWatch(++lastWatch, mask, callback);
        inode.Watches.Add(watch);
        inodeOfWatch.Add(watch.Id, inode);
        if (watch.IsOneShot || inode.Watches.Count > 1)
        {
            AskTogether(inode);
        }

        return watch.Id;
    }

    public void Unwatch(int watch)
    {
        if (!inodeOfWatch.Remove(watch, out WatchedInode? inode))
        {
            return;
        }

        inode.Watches.RemoveAll(known => known.Id == watch);
        if (inode.Watches.Count > 0)
        {
            AskTogether(inode);
        }
        else if (inodes.Remove(inode.Number))
        {
            // The kernel may be about to remove a one-shot watch that has fired, so a new watch of the same file must not join it.
            _ = LibC.inotify_rm_watch(descriptor!.Number, inode.Number);
        }
    }

    /// <summary>
    /// Reports now the events that the kernel noted so far. The loop does so by itself, but a choice that depends on them cannot wait for
    /// that.
    /// </summary>
    public void TellPending()
    {
        if (isReading || descriptor is null)
        {
            return; // called by a callback: earlier events are not all reported yet
        }

        isReading = true;
        Span<byte> buffer = stackalloc byte[4096];
        while (!descriptor.IsClosed)
        {
            int length;
            fixed (byte* bytes = buffer)
            {
                length = LibC.Result(LibC.read(descriptor.Number, bytes, (nuint)buffer.Length));
            }

            if (length <= 0)
            {
                break;
            }

            Dispatch(buffer[..length]);
        }

        isReading = false;
    }

    public void Dispose() => descriptor?.Dispose();

    private LoopDescriptor? Instance()
    {
        if (descriptor is not null)
        {
            return descriptor;
        }

        int created = LibC.Result(LibC.inotify_init1(LibC.NonBlockingCloseOnExec));
        if (created < 0)
        {
            return null;
        }

        try
        {
            descriptor = loop.Watch(created);
        }
        catch (SystemCallException)
        {
            return null;
        }

        descriptor.Readable = TellPending;
        return descriptor;
    }

    /// <summary>
    /// Sets the kernel's mask to the events that the watches of an inode want. If the path names another file by now, the mask stays wider
    /// than needed, which costs an occasional wake-up.
    /// </summary>
    private void AskTogether(WatchedInode inode)
    {
        int number = LibC.Result(LibC.inotify_add_watch(descriptor!.Number, inode.Path, inode.Mask));
        if (number >= 0 && number != inode.Number && !inodes.ContainsKey(number))
        {
            _ = LibC.inotify_rm_watch(descriptor.Number, number);
        }
    }

    private void Dispatch(ReadOnlySpan<byte> bytes)
    {
        var events = new InotifyEvents(bytes);
        while (events.MoveNext())
        {
            if ((events.Mask & LibC.IN_Q_OVERFLOW) != 0)
            {
                Call(() => Overflowed?.Invoke());
            }
            else if (inodes.TryGetValue(events.Watch, out WatchedInode? inode))
            {
                Tell(inode, events.Mask, events.Name);
            }
        }
    }

    private void Tell(WatchedInode inode, uint mask, string name)
    {
        bool isEnd = (mask & LibC.IN_IGNORED) != 0;
        if (isEnd)
        {
            inodes.Remove(inode.Number);
        }

        foreach (InotifyWatch watch in inode.Watches.ToArray())
        {
            if ((isEnd || watch.Wants(mask)) && inodeOfWatch.ContainsKey(watch.Id))
            {
                TellOne(watch, mask, name);
            }
        }
    }

    private void TellOne(InotifyWatch watch, uint mask, string name)
    {
        if (watch.IsOneShot || (mask & LibC.IN_IGNORED) != 0)
        {
            Unwatch(watch.Id);
        }

        Call(() => watch.Callback(mask, name));
    }

    /// <summary>A fault ends only its callback, because the events after this one come only once.</summary>
    private void Call(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception fault)
        {
            loop.Faulted?.Invoke(fault);
        }
    }
}

/// <summary>The events of one file that one caller of <see cref="Inotify"/> wants.</summary>
/// <param name="Mask">The events that are wanted, and flags.</param>
internal sealed record InotifyWatch(int Id, uint Mask, Action<uint, string> Callback)
{
    /// <summary>IN_UNMOUNT comes in any case.</summary>
    private const uint Unasked = LibC.IN_UNMOUNT;

    public bool IsOneShot => (Mask & LibC.IN_ONESHOT) != 0;

    public bool Wants(uint happened) => (happened & ((Mask & LibC.IN_ALL_EVENTS) | Unasked)) != 0;
}

/// <summary>The kernel's one watch of an inode, and the watches that share it.</summary>
/// <param name="Path">The first path that named it.</param>
/// <param name="Number">
/// The kernel's number of the watch: the kernel uses it for another inode only after two thousand million others.
/// </param>
internal sealed record WatchedInode(string Path, int Number)
{
    public List<InotifyWatch> Watches { get; } = [];

    /// <summary>For inotify_add_watch: the events that any of them wants; one-shot only if that ends all of them.</summary>
    public uint Mask
    {
        get
        {
            uint all = Watches.Aggregate(0u, (mask, watch) => mask | watch.Mask);
            return Watches is [{ IsOneShot: true }] ? all : all & ~LibC.IN_ONESHOT;
        }
    }
}
