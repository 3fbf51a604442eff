using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>
/// A descriptor that the loop watches until it is disposed, edge-triggered except for a listener; disposing closes it.
/// </summary>
/// <remarks>
/// Try the call first, and wait only after EAGAIN: an edge that came earlier wakes no waiter. A waiter that is woken for nothing tries
/// again and waits again.
/// </remarks>
internal sealed class LoopDescriptor : IDisposable
{
    private readonly EventLoop loop;
    private LoopSignal? readable;
    private LoopSignal? writable;
    private bool hasEnded;

    internal LoopDescriptor(EventLoop loop, int number, ulong token)
    {
        this.loop = loop;
        Token = token;
        Number = number;
    }

    internal ulong Token { get; }

    /// <summary>Watched from the end of its first turn, and closed when the loop has time.</summary>
    internal bool IsConnection { get; init; }

    /// <summary>The descriptor's number, or -1 after it was closed.</summary>
    public int Number { get; private set; }

    public bool IsClosed => Number < 0;

    /// <summary>
    /// A read may find something: there was an edge after the most recent read that left nothing (epoll(7): on a stream, a read that got
    /// less than it asked for left nothing). At its end a stream stays readable.
    /// </summary>
    public bool MayBeReadable { get; private set; } = true;

    /// <summary>Called when both directions are shut (EPOLLHUP): on a socket, the peer is gone for good.</summary>
    public Action? HungUp { get; set; }

    /// <summary>Called at each edge instead of waking a waiter: for descriptors that have events all their life.</summary>
    public Action? Readable { get; set; }

    public ValueTask<Wake> WaitReadableAsync() => WaitAsync(ref readable);

    /// <summary>For a caller that got EAGAIN from a send.</summary>
    public ValueTask<Wake> WaitWritableAsync()
    {
        if (writable is null && !IsClosed)
        {
            // Not from the start, because a peer that reads would wake the loop each time for nothing.
            loop.Change(this, EventLoop.StreamEvents | LibC.EPOLLOUT);
        }

        return WaitAsync(ref writable);
    }

    /// <summary>A read has left nothing.</summary>
    public void NoteEmptied() => MayBeReadable = hasEnded;

    /// <summary>
    /// No more events. Closing does the same, unless another process holds the same open file description: then it would stay watched
    /// (epoll(7), questions and answers).
    /// </summary>
    public void StopWatching() => loop.StopWatching(this);

    /// <summary>A listener is <see cref="Readable"/> in every turn in which a connection waits, until it is paused.</summary>
    public void Pause() => loop.Change(this, events: 0);

    /// <inheritdoc cref="Pause"/>
    public void Resume() => loop.Change(this, LibC.EPOLLIN);

    /// <summary>Ends the waits in progress; the descriptor stays open.</summary>
    public void Cancel(Wake wake)
    {
        readable?.Raise(wake);
        writable?.Raise(wake);
    }

    public void Dispose()
    {
        if (IsClosed)
        {
            return;
        }

        loop.Close(this);
        Number = -1;
        HungUp = null;
        Readable = null;
        Cancel(Wake.Closed);
    }

    internal void Dispatch(uint events)
    {
        if ((events & ~LibC.EPOLLOUT) != 0)
        {
            MayBeReadable = true;
            hasEnded |= (events & (LibC.EPOLLRDHUP | LibC.EPOLLHUP | LibC.EPOLLERR)) != 0;
            readable?.Raise(Wake.Ready);
            Readable?.Invoke();
        }

        if ((events & (LibC.EPOLLOUT | LibC.EPOLLERR | LibC.EPOLLHUP)) != 0)
        {
            writable?.Raise(Wake.Ready);
        }

        if ((events & LibC.EPOLLHUP) != 0)
        {
            HungUp?.Invoke();
        }
    }

    private ValueTask<Wake> WaitAsync(ref LoopSignal? signal) =>
        IsClosed ? ValueTask.FromResult(Wake.Closed) : (signal ??= new LoopSignal()).WaitAsync();
}
