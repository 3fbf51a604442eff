using System.Collections.Concurrent;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// One thread, one epoll instance. Everything that the daemon does happens in callbacks and continuations of this loop, so that
/// its state needs no lock; only <see cref="Post"/> and <see cref="Stop"/> may be called from elsewhere.
/// </summary>
/// <remarks>
/// Our own and not <c>System.Net.Sockets</c>: the same relay over asynchronous sockets took twice the processor time and
/// held 29 MB after a load where this holds 5 (measured on Linux 6.18 with 256 clients).
/// </remarks>
internal sealed class EventLoop : IDisposable
{
    internal const uint StreamEvents = LibC.EPOLLIN | LibC.EPOLLRDHUP | LibC.EPOLLET;

    /// <summary>The event of /proc/self/mountinfo when the mount table changes (proc(5)).</summary>
    private const uint ChangeEvents = LibC.EPOLLPRI | LibC.EPOLLET;

    private readonly Epoll epoll = new();
    private readonly ConcurrentQueue<Action> posted = new();
    private readonly TimerQueue timers = new();
    private readonly List<(LoopDescriptor? Descriptor, uint Generation)> slots = [];
    private readonly Stack<int> freeSlots = new();
    private readonly GarbageBudget garbage = new();
    private readonly PutOffCalls putOff;
    private readonly Action<ulong, int> fail;
    private readonly LoopDescriptor wakeUp;
    private volatile bool stopped;
    private int thread;

    public EventLoop(TimeProvider time)
    {
        Time = time;
        putOff = new PutOffCalls(epoll);
        fail = Fail;
        Inotify = new Inotify(this);
        int descriptor = LibC.Result(LibC.eventfd(0, LibC.NonBlockingCloseOnExec));
        SystemCallException.ThrowIfFailed(descriptor, "eventfd");
        wakeUp = Watch(descriptor);
    }

    public TimeProvider Time { get; }

    public Inotify Inotify { get; }

    /// <summary>Counts the rounds of the loop: each handles what was ready at one moment.</summary>
    public long Turn { get; private set; }

    /// <summary>Gets an exception that escaped from a callback: a mistake in fairlead, never a reason for the loop to end.</summary>
    public Action<Exception>? Faulted { get; set; }

    /// <summary>Called now and then under load: the work that needed memory may end soon.</summary>
    public Action? Loaded { get; set; }

    /// <summary>Takes over the descriptor, watches it until it is disposed, and then closes it.</summary>
    /// <exception cref="SystemCallException">The kernel refuses another watch; the descriptor is closed.</exception>
    public LoopDescriptor Watch(int descriptor) => Watch(descriptor, StreamEvents);

    /// <summary>
    /// Takes over a connected socket, and watches it from the end of this turn until it is disposed. By then the request has been sent on,
    /// and its agent works while we watch.
    /// </summary>
    /// <remarks>
    /// If the kernel refuses another watch, it is disposed at the end of the turn, as if the peer had hung up, and <see cref="Faulted"/>
    /// hears why.
    /// </remarks>
    public LoopDescriptor WatchConnection(int descriptor)
    {
        LoopDescriptor connection = Take(descriptor, isConnection: true);
        putOff.Watch(descriptor, StreamEvents, connection.Token);
        return connection;
    }

    /// <summary>
    /// Takes over a listening socket. It is level-triggered, so that nobody has to accept until nothing is left, and paused at first.
    /// </summary>
    /// <exception cref="SystemCallException">The kernel refuses another watch; the descriptor is closed.</exception>
    public LoopDescriptor WatchListener(int descriptor) => Watch(descriptor, events: 0);

    /// <summary>Watches a file in /proc that reports its changes by an exceptional condition (proc_pid_mountinfo(5)).</summary>
    /// <param name="changed">Called at each change.</param>
    /// <returns>Null when the file cannot be opened.</returns>
    public LoopDescriptor? WatchForChange(string path, Action changed)
    {
        int opened = LibC.Result(LibC.openat(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_CLOEXEC, 0));
        if (opened < 0)
        {
            return null;
        }

        LoopDescriptor watched = Watch(opened, ChangeEvents);
        watched.Readable = changed;
        return watched;
    }

    /// <summary>Calls back once, after <paramref name="delay"/> at the earliest.</summary>
    /// <exception cref="InvalidOperationException">Another thread than the loop's calls it: something of the loop has strayed.</exception>
    public LoopTimer Schedule(TimeSpan delay, Action callback)
    {
        if (thread != 0 && thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException("only the loop's thread may use its timers");
        }

        return timers.Add(callback, Time.GetTimestamp() + (long)(delay.TotalSeconds * Time.TimestampFrequency));
    }

    public ValueTask<Wake> DelayAsync(TimeSpan delay)
    {
        var signal = new LoopSignal();
        ValueTask<Wake> wait = signal.WaitAsync();
        Schedule(delay, () => signal.Raise(Wake.TimedOut));
        return wait;
    }

    /// <summary>Continues after everything else that is ready now: for work that could continue without ever waiting.</summary>
    public ValueTask<Wake> YieldAsync() => DelayAsync(TimeSpan.Zero);

    /// <summary>Runs an action on the loop's thread, soon. From any thread.</summary>
    public void Post(Action action)
    {
        posted.Enqueue(action);
        WakeUp();
    }

    /// <summary>Lets work continue that nothing waits for; <see cref="Faulted"/> gets an exception that escapes from it.</summary>
    public async void Observe(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    /// <summary>Ends <see cref="Run"/>. From any thread.</summary>
    public void Stop()
    {
        stopped = true;
        WakeUp();
    }

    public void Run()
    {
        thread = Environment.CurrentManagedThreadId;
        garbage.Begin();
        while (!stopped)
        {
            int count = WaitForEvents();
            Turn++;
            for (int i = 0; i < count; i++)
            {
                (ulong token, uint events) = epoll[i];
                Dispatch(token, events);
            }

            RunPosted();
            FireTimers();
            if (garbage.CollectWhenDue())
            {
                Loaded?.Invoke();
            }
        }
    }

    public void Dispose()
    {
        Inotify.Dispose();
        wakeUp.Dispose();
        putOff.CloseAll();
        epoll.Dispose();
    }

    /// <summary>Closes the connections that were disposed and are not closed yet: there is no free descriptor.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool FreeDescriptors()
    {
        bool isAny = putOff.HasUnclosed;
        putOff.CloseAll();
        return isAny;
    }

    /// <summary>Other events from now on; epoll reports those that are already the case at once, edge or not.</summary>
    internal void Change(LoopDescriptor descriptor, uint events)
    {
        if (putOff.ForgetWatch(descriptor.Token))
        {
            putOff.Watch(descriptor.Number, events, descriptor.Token);
        }
        else
        {
            epoll.Change(descriptor.Number, events, descriptor.Token);
        }
    }

    internal void StopWatching(LoopDescriptor descriptor) => epoll.Remove(descriptor.Number);

    internal void Close(LoopDescriptor descriptor)
    {
        int slot = SlotOf(descriptor.Token);
        slots[slot] = (null, slots[slot].Generation + 1);
        freeSlots.Push(slot);
        if (descriptor.IsConnection)
        {
            _ = putOff.ForgetWatch(descriptor.Token);
            putOff.Close(descriptor.Number);
        }
        else
        {
            _ = LibC.close(descriptor.Number);
        }
    }

    private LoopDescriptor Watch(int number, uint events)
    {
        LoopDescriptor descriptor = Take(number);
        int result = epoll.Add(number, events, descriptor.Token);
        if (result < 0)
        {
            descriptor.Dispose();
            throw new SystemCallException("epoll_ctl", result);
        }

        return descriptor;
    }

    private LoopDescriptor Take(int number, bool isConnection = false)
    {
        if (!freeSlots.TryPop(out int slot))
        {
            slot = slots.Count;
            slots.Add((null, 0));
        }

        uint generation = slots[slot].Generation;
        var descriptor = new LoopDescriptor(this, number, ((ulong)generation << 32) | (uint)slot) { IsConnection = isConnection };
        slots[slot] = (descriptor, generation);
        return descriptor;
    }

    private static int SlotOf(ulong token) => (int)(uint)token;

    /// <summary>
    /// An event may belong to a descriptor that was closed, and its number reused, earlier in the same batch, or that a child inherited and
    /// has not closed yet: the generation in the token shows it.
    /// </summary>
    private unsafe void Dispatch(ulong token, uint events)
    {
        (LoopDescriptor? descriptor, uint generation) = slots[SlotOf(token)];
        if (descriptor is null || generation != (uint)(token >> 32))
        {
            return;
        }

        if (descriptor == wakeUp)
        {
            ulong count;
            _ = LibC.read(descriptor.Number, (byte*)&count, sizeof(ulong));
            return;
        }

        try
        {
            descriptor.Dispatch(events);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    /// <summary>Sleeps until something is ready or a timer is due, after everything that was put off.</summary>
    private int WaitForEvents()
    {
        putOff.WatchAll(fail);
        if (putOff.HasUnclosed)
        {
            int count = epoll.Wait(timeoutMilliseconds: 0);
            if (count == 0 || putOff.HasManyUnclosed)
            {
                putOff.CloseAll();
            }

            if (count > 0)
            {
                return count;
            }
        }

        return epoll.Wait(MillisecondsToNextTimer());
    }

    /// <summary>A connection cannot be watched.</summary>
    private void Fail(ulong token, int result)
    {
        Faulted?.Invoke(new SystemCallException("epoll_ctl", result));
        LoopDescriptor connection = slots[SlotOf(token)].Descriptor!;
        Action? hungUp = connection.HungUp;
        connection.Dispose();
        if (hungUp is not null)
        {
            Call(hungUp);
        }
    }

    private void RunPosted()
    {
        while (posted.TryDequeue(out Action? action))
        {
            Call(action);
        }
    }

    private void FireTimers()
    {
        long now = Time.GetTimestamp();
        while (timers.TakeDue(now) is LoopTimer timer)
        {
            Call(timer.Fire);
        }
    }

    private void Call(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }

    private int MillisecondsToNextTimer()
    {
        if (timers.NextDue() is long due)
        {
            // Rounded up: waking a fraction early would spin until the timer is due.
            long ticks = Math.Max(0, due - Time.GetTimestamp());
            return (int)Math.Min(int.MaxValue, Math.Ceiling(ticks * 1000.0 / Time.TimestampFrequency));
        }

        return -1;
    }

    private unsafe void WakeUp()
    {
        ulong one = 1;
        _ = LibC.write(wakeUp.Number, (byte*)&one, sizeof(ulong));
    }
}
