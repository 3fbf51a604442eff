using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>Reads one client's lines, and the descriptors that come with them. Holds no buffer between lines, and inside one only what has come so far.</summary>
internal sealed class ControlReader(UnixStream client) : IDisposable
{
    /// <summary>Bytes. The longest request names one path.</summary>
    private const int MaxRequest = 8192;

    private readonly List<int> descriptors = [];
    private byte[] buffer = [];
    private int length;

    /// <summary>Those that came with the line, and are closed with <see cref="CloseDescriptors"/>.</summary>
    public IReadOnlyList<int> Descriptors => descriptors;

    /// <summary>The next line; null at the end, for one that is too long or has more descriptors than any needs, and when it is called off.</summary>
    public async ValueTask<byte[]?> ReadAsync()
    {
        for (int looked = 0; ;)
        {
            int end = buffer.AsSpan(looked, length - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(looked + end);
            }

            looked = length;
            int received = length < MaxRequest ? Receive() : 0;
            if (received <= 0 && (received != -Errno.EAGAIN || await client.WaitReadableAsync() != Wake.Ready))
            {
                return null;
            }
        }
    }

    public void CloseDescriptors()
    {
        descriptors.ForEach(Descriptor.Close);
        descriptors.Clear();
    }

    public void Dispose() => CloseDescriptors();

    private int Receive()
    {
        Span<byte> some = stackalloc byte[MaxRequest];
        Span<int> room = stackalloc int[DescriptorPassing.Most];
        int received = client.Receive(some[..(MaxRequest - length)], room, out int count);
        descriptors.AddRange(room[..count]);
        if (descriptors.Count > DescriptorPassing.Most)
        {
            return -Errno.EMFILE; // no request needs more: a client that sends them wants to use ours up
        }

        if (received > 0)
        {
            if (length + received > buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(MaxRequest, Math.Max(length + received, length * 2)));
            }

            some[..received].CopyTo(buffer.AsSpan(length));
            length += received;
        }

        return received;
    }

    /// <summary>The line up to here; what came behind it is the beginning of the next one.</summary>
    private byte[] Take(int end)
    {
        byte[] line = buffer[..end];
        buffer = buffer[(end + 1)..length];
        length = buffer.Length;
        return line;
    }
}
