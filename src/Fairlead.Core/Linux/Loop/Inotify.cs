using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>One inotify instance on the loop: watches with a callback each, any number of them on one file (inotify(7)).</summary>
/// <remarks>
/// The kernel keeps one watch for each inode and instance, and a second inotify_add_watch replaces or widens its mask: what several watches of one
/// inode want is therefore asked for together and told apart here.
/// </remarks>
internal sealed unsafe class Inotify : IDisposable
{
    private readonly Dictionary<int, WatchedInode> inodes = [];
    private readonly Dictionary<int, WatchedInode> inodeOfWatch = [];
    private readonly EventLoop loop;
    private readonly LoopDescriptor descriptor;
    private int lastWatch;
    private bool isReading;

    /// <exception cref="SystemCallException">The user has as many instances as the system allows (fs.inotify.max_user_instances).</exception>
    public Inotify(EventLoop loop)
    {
        this.loop = loop;
        int created = LibC.Result(LibC.inotify_init1(LibC.NonBlockingCloseOnExec));
        SystemCallException.ThrowIfFailed(created, "inotify_init1");
        descriptor = loop.Watch(created);
        descriptor.Readable = TellPending;
    }

    /// <summary>An instance for watches that can be done without.</summary>
    /// <returns>Null when the system allows no other instance.</returns>
    public static Inotify? TryCreate(EventLoop loop)
    {
        try
        {
            return new Inotify(loop);
        }
        catch (SystemCallException)
        {
            return null;
        }
    }

    /// <summary>The kernel dropped events: everything that is watched must be looked at again.</summary>
    public Action? Overflowed { get; set; }

    /// <summary>
    /// Watches a path; the callback gets the event's mask and, for a directory, the name inside it. IN_IGNORED says that the file is gone, and the
    /// watch with it. With IN_ONESHOT the first event ends the watch, without another word.
    /// </summary>
    /// <returns>The watch, above zero, or minus errno.</returns>
    public int Watch(string path, uint mask, Action<uint, string> callback)
    {
        // IN_ONESHOT comes later, if at all: added to a watch that others have it would end theirs, too.
        int number = LibC.Result(LibC.inotify_add_watch(descriptor.Number, path, (mask & ~LibC.IN_ONESHOT) | LibC.IN_MASK_ADD));
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
            // Of a one-shot watch that has fired, the kernel may be about to remove it itself: a new one of the same file must not become that one.
            _ = LibC.inotify_rm_watch(descriptor.Number, inode.Number);
        }
    }

    /// <summary>Tells now what the kernel has noted up to now. The loop does so by itself; a choice that depends on it does not wait for that.</summary>
    public void TellPending()
    {
        if (isReading)
        {
            return; // asked for by a callback: the events before that are not all told yet
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

    public void Dispose() => descriptor.Dispose();

    /// <summary>
    /// Sets the kernel's mask to what the watches of an inode want. Where the path leads elsewhere by now it stays wider than needed, which costs
    /// a wake-up here and there.
    /// </summary>
    private void AskTogether(WatchedInode inode)
    {
        int number = LibC.Result(LibC.inotify_add_watch(descriptor.Number, inode.Path, inode.Mask));
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

    /// <summary>A fault ends one callback: the events behind this one come only once.</summary>
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

/// <summary>What one caller of <see cref="Inotify"/> wants to know of one file.</summary>
/// <param name="Mask">The events that are wanted, and flags.</param>
internal sealed record InotifyWatch(int Id, uint Mask, Action<uint, string> Callback)
{
    /// <summary>IN_UNMOUNT comes unasked.</summary>
    private const uint Unasked = LibC.IN_UNMOUNT;

    public bool IsOneShot => (Mask & LibC.IN_ONESHOT) != 0;

    public bool Wants(uint happened) => (happened & ((Mask & LibC.IN_ALL_EVENTS) | Unasked)) != 0;
}

/// <summary>The kernel's one watch of an inode, and all that is wanted of it.</summary>
/// <param name="Path">The first path that led there.</param>
/// <param name="Number">The kernel's number of the watch: it never comes back for another inode before two thousand million others.</param>
internal sealed record WatchedInode(string Path, int Number)
{
    public List<InotifyWatch> Watches { get; } = [];

    /// <summary>For inotify_add_watch: what any of them wants; ended by the first event only if that ends all there is.</summary>
    public uint Mask
    {
        get
        {
            uint all = Watches.Aggregate(0u, (mask, watch) => mask | watch.Mask);
            return Watches is [{ IsOneShot: true }] ? all : all & ~LibC.IN_ONESHOT;
        }
    }
}
