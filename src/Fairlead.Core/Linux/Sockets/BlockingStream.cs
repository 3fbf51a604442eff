using Fairlead.Core.Linux.Interop;

namespace Fairlead.Core.Linux.Sockets;

/// <summary>
/// A connected unix stream socket for a command that has nothing else to do: each call waits, but never longer than the patience
/// (SO_RCVTIMEO and SO_SNDTIMEO, socket(7)).
/// </summary>
internal sealed unsafe class BlockingStream : IDisposable
{
    private readonly int descriptor;

    private BlockingStream(int descriptor, PeerCredentials peer)
    {
        this.descriptor = descriptor;
        Peer = peer;
    }

    public PeerCredentials Peer { get; }

    /// <summary>For a caller that also waits for something else.</summary>
    public int Descriptor => descriptor;

    /// <returns>Zero, or minus errno: EAGAIN if the listener's backlog stayed full.</returns>
    public static int TryConnect(string path, TimeSpan patience, out BlockingStream? stream)
    {
        stream = null;
        if (!UnixAddress.TryCreate(path, out UnixAddress address))
        {
            return -Errno.ENAMETOOLONG;
        }

        int socket = LibC.Result(LibC.socket(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0));
        if (socket < 0)
        {
            return socket;
        }

        var timeout = new LibC.TimeValue { Seconds = (long)patience.TotalSeconds, Microseconds = patience.Ticks / 10 % 1_000_000 };
        uint size = (uint)sizeof(LibC.TimeValue);
        _ = LibC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, &timeout, size);
        _ = LibC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_SNDTIMEO, &timeout, size);

        int result = LibC.Result(LibC.connect(socket, &address, UnixAddress.Size));
        if (result < 0 || !PeerCredentials.TryRead(socket, out PeerCredentials peer))
        {
            _ = LibC.close(socket);
            return result < 0 ? result : -Errno.ECONNRESET;
        }

        stream = new BlockingStream(socket, peer);
        return 0;
    }

    /// <summary>How long a receive waits from now on; null for no end.</summary>
    public void Expect(TimeSpan? patience)
    {
        TimeSpan time = patience ?? TimeSpan.Zero; // as the kernel has it
        var timeout = new LibC.TimeValue { Seconds = (long)time.TotalSeconds, Microseconds = time.Ticks / 10 % 1_000_000 };
        _ = LibC.setsockopt(descriptor, LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, &timeout, (uint)sizeof(LibC.TimeValue));
    }

    /// <summary>Sends all of it: zero, or minus errno.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int sent;
            fixed (byte* first = bytes)
            {
                sent = LibC.Result(LibC.send(descriptor, first, (nuint)bytes.Length, LibC.MSG_NOSIGNAL));
            }

            if (sent < 0 && sent != -Errno.EINTR)
            {
                return sent;
            }

            bytes = bytes[Math.Max(sent, 0)..];
        }

        return 0;
    }

    /// <summary>Sends all of it, with descriptors beside the first byte: zero, or minus errno.</summary>
    public int Send(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors)
    {
        int sent = DescriptorPassing.Send(descriptor, bytes, descriptors);
        return sent < 0 ? sent : Send(bytes[sent..]);
    }

    /// <summary>How many bytes were received, 0 at the end of file, or minus errno: EAGAIN when the patience is over.</summary>
    public int Receive(Span<byte> buffer)
    {
        int received;
        do
        {
            fixed (byte* first = buffer)
            {
                received = LibC.Result(LibC.recv(descriptor, first, (nuint)buffer.Length, 0));
            }
        }
        while (received == -Errno.EINTR);

        return received;
    }

    public void Dispose() => _ = LibC.close(descriptor);
}
