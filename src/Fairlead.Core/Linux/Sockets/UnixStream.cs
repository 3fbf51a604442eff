using System.Runtime.CompilerServices;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>A connected unix stream socket on the loop: reads and writes that can be awaited.</summary>
internal sealed class UnixStream : IDisposable
{
    private readonly LoopDescriptor descriptor;

    private UnixStream(LoopDescriptor descriptor, PeerCredentials peer, long since)
    {
        this.descriptor = descriptor;
        Peer = peer;
        Since = since;
    }

    /// <summary>When it was accepted or made: a timestamp of the loop's time.</summary>
    public long Since { get; }

    public PeerCredentials Peer { get; }

    public bool IsClosed => descriptor.IsClosed;

    /// <summary>
    /// Whether the process that connected still lives, so that /proc describes it under its pid (SO_PEERPIDFD, Linux 6.5). Also true if the
    /// kernel cannot say.
    /// </summary>
    public unsafe bool PeerIsAlive
    {
        get
        {
            int process;
            uint size = sizeof(int);
            int result = LibC.Result(LibC.getsockopt(descriptor.Number, LibC.SOL_SOCKET, LibC.SO_PEERPIDFD, &process, &size));
            if (result < 0)
            {
                return result == -Errno.ENOPROTOOPT;
            }

            var entry = new LibC.PollEntry { Descriptor = process, Events = LibC.POLLIN };
            int ended = LibC.poll(&entry, 1, 0);
            _ = LibC.close(process);
            return ended == 0;
        }
    }

    /// <inheritdoc cref="LoopDescriptor.HungUp"/>
    public Action? HungUp
    {
        get => descriptor.HungUp;
        set => descriptor.HungUp = value;
    }

    /// <summary>Takes over a connected, non-blocking socket.</summary>
    /// <param name="speaksFirst">The peer may already have sent something: try a receive before any event.</param>
    public static UnixStream Adopt(EventLoop loop, int connected, bool speaksFirst = true)
    {
        _ = PeerCredentials.TryRead(connected, out PeerCredentials peer);
        LoopDescriptor descriptor = loop.WatchConnection(connected);
        if (!speaksFirst)
        {
            descriptor.NoteEmptied();
        }

        return new UnixStream(descriptor, peer, loop.Time.GetTimestamp());
    }

    /// <summary>A connected socket's descriptor, or minus errno. Never waits: EAGAIN says that the listener's backlog is full.</summary>
    public static unsafe int Connect(string path)
    {
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            return -Errno.ENAMETOOLONG;
        }

        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0));
        if (socket < 0)
        {
            return socket;
        }

        int result = LibC.Result(LibC.connect(socket, &address, UnixAddress.Size));
        if (result < 0)
        {
            _ = LibC.close(socket);
            return result;
        }

        return socket;
    }

    /// <summary>The process that listens at a path. Connects to it, sends nothing, and closes the connection at once.</summary>
    /// <returns>Zero, or minus errno: EAGAIN if a process listens whose backlog is full.</returns>
    public static int ReadListener(string path, out PeerCredentials listener)
    {
        listener = default;
        int connected = Connect(path);
        if (connected < 0)
        {
            return connected;
        }

        bool isKnown = PeerCredentials.TryRead(connected, out listener);
        _ = LibC.close(connected);
        return isKnown ? 0 : -Errno.ECONNRESET;
    }

    /// <summary>Waits until a receive is worth a try, for a caller that holds no buffer meanwhile.</summary>
    public ValueTask<Wake> WaitReadableAsync() => descriptor.WaitReadableAsync();

    /// <summary>A receive is worth a try now: something may have arrived since one left nothing.</summary>
    public bool MayReceive => descriptor.MayBeReadable;

    /// <summary>Receives what is there at once: a count, 0 at the end of file, or minus errno (EAGAIN: nothing yet).</summary>
    public unsafe int Receive(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            int result;
            do
            {
                result = LibC.Result(LibC.recv(descriptor.Number, bytes, (nuint)buffer.Length, 0));
            }
            while (result == -Errno.EINTR);

            if (result == -Errno.EAGAIN || (result > 0 && result < buffer.Length))
            {
                descriptor.NoteEmptied();
            }

            return result;
        }
    }

    /// <summary><see cref="Receive(Span{byte})"/>, with the descriptors that come with the bytes; the caller must close these.</summary>
    /// <inheritdoc cref="DescriptorPassing.Receive" path="/param"/>
    public int Receive(Span<byte> buffer, Span<int> descriptors, out int count)
    {
        int result;
        do
        {
            result = DescriptorPassing.Receive(descriptor.Number, buffer, descriptors, out count);
        }
        while (result == -Errno.EINTR);

        if (result == -Errno.EAGAIN) // fewer bytes than the buffer holds do not mean the end: a receive ends after descriptors
        {
            descriptor.NoteEmptied();
        }

        return result;
    }

    /// <summary>Nothing has arrived since the most recent read, and the peer is still there.</summary>
    public unsafe bool IsQuiet
    {
        get
        {
            byte next;
            return !IsClosed && LibC.Result(LibC.recv(descriptor.Number, &next, 1, LibC.MSG_PEEK)) == -Errno.EAGAIN;
        }
    }

    /// <summary>Sends all of it: zero, or minus errno.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int sent = Send(bytes.Span);
            if (sent > 0)
            {
                bytes = bytes[sent..];
                continue;
            }

            if (sent != -Errno.EAGAIN)
            {
                return sent;
            }

            Wake wake = await descriptor.WaitWritableAsync();
            if (wake != Wake.Ready)
            {
                return wake == Wake.TimedOut ? -Errno.ETIMEDOUT : -Errno.ECONNRESET;
            }
        }

        return 0;
    }

    /// <summary>Ends the reads and writes in progress as if the connection had broken.</summary>
    public void Cancel() => descriptor.Cancel(Wake.Closed);

    public void Dispose() => descriptor.Dispose();

    private unsafe int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            return LibC.Result(LibC.send(descriptor.Number, first, (nuint)bytes.Length, LibC.MSG_NOSIGNAL));
        }
    }
}
