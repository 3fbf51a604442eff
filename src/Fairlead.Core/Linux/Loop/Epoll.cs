using System.Runtime.InteropServices;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Loop;

/// <summary>An epoll instance: descriptors in, batches of (token, events) out.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 64;

    /// <summary>struct epoll_event is packed on x86-64 and nowhere else (sys/epoll.h).</summary>
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = TokenOffset + sizeof(ulong);

    private readonly byte[] batch = GC.AllocateArray<byte>(Capacity * EventSize, pinned: true);
    private readonly int descriptor;

    public Epoll()
    {
        descriptor = LibC.Result(LibC.epoll_create1(LibC.O_CLOEXEC));
        SystemCallException.ThrowIfFailed(descriptor, "epoll_create1");
    }

    /// <summary>Zero, or minus errno (ENOSPC: the user's limit of watches, epoll(7)).</summary>
    public int Add(int watched, uint events, ulong token) => Control(LibC.EPOLL_CTL_ADD, watched, events, token);

    /// <summary>Changes the events; epoll reports those that are already the case at once, edge or not.</summary>
    public void Change(int watched, uint events, ulong token) => _ = Control(LibC.EPOLL_CTL_MOD, watched, events, token);

    private int Control(int operation, int watched, uint events, ulong token)
    {
        byte* @event = stackalloc byte[EventSize];
        *(uint*)@event = events;
        *(ulong*)(@event + TokenOffset) = token;
        return LibC.Result(LibC.epoll_ctl(descriptor, operation, watched, @event));
    }

    public void Remove(int watched) => _ = LibC.epoll_ctl(descriptor, LibC.EPOLL_CTL_DEL, watched, null);

    /// <summary>The number of events; none after the time-out or a signal.</summary>
    /// <param name="timeoutMilliseconds">-1 waits forever.</param>
    public int Wait(int timeoutMilliseconds)
    {
        int count = LibC.Result(LibC.epoll_wait(descriptor, Address, Capacity, timeoutMilliseconds));
        if (count == -Errno.EINTR)
        {
            return 0;
        }

        SystemCallException.ThrowIfFailed(count, "epoll_wait");
        return count;
    }

    public (ulong Token, uint Events) this[int index]
    {
        get
        {
            byte* @event = Address + (index * EventSize);
            return (*(ulong*)(@event + TokenOffset), *(uint*)@event);
        }
    }

    public void Dispose() => _ = LibC.close(descriptor);

    private byte* Address => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(batch, 0);
}
