using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairlead.Core.Linux;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>Frames over a stream, one at a time. Holds no buffer between frames, and inside one only what has come so far.</summary>
/// <remarks>
/// The length is read by itself and the message exactly: ssh writes the two apart anyway, and what follows stays in the
/// kernel, where it costs the peer, not us.
/// </remarks>
internal sealed class FrameStream(UnixStream stream) : IDisposable
{
    /// <summary>The first buffer of a frame; it grows with the bytes that come, not with those that were announced.</summary>
    private const int FirstBuffer = 4096;

    private uint header;

    public UnixStream Stream => stream;

    /// <param name="isToCome">
    /// It answers what was sent just now: a try before it can be there would be in vain. Only when nothing has been waited for in between, or the news of
    /// its coming may be gone.
    /// </param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<FrameRead> ReadAsync(bool isToCome = false)
    {
        if (isToCome && await stream.WaitReadableAsync() != Wake.Ready)
        {
            return new FrameRead(FrameStatus.Broken, null);
        }

        for (int have = 0; have < AgentFrame.HeaderLength;)
        {
            int received = stream.Receive(Header[have..]);
            if (received > 0)
            {
                have += received;
            }
            else if (received == 0 && have == 0)
            {
                return new FrameRead(FrameStatus.Ended, null);
            }
            else if (received != -Errno.EAGAIN || await stream.WaitReadableAsync() != Wake.Ready)
            {
                return new FrameRead(FrameStatus.Broken, null);
            }
        }

        return AgentFrame.TryReadLength(Header, out int length)
            ? await ReadMessageAsync(AgentFrame.HeaderLength + length)
            : new FrameRead(FrameStatus.Malformed, null);
    }

    /// <summary>Sends a whole frame: zero, or minus errno.</summary>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> frame) => stream.SendAsync(frame);

    public void Dispose() => stream.Dispose();

    private Span<byte> Header => MemoryMarshal.AsBytes(new Span<uint>(ref header));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FrameRead> ReadMessageAsync(int total)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(total, FirstBuffer));
        Header.CopyTo(buffer);
        int have = AgentFrame.HeaderLength;
        while (have < total)
        {
            if (have == buffer.Length)
            {
                buffer = Grow(buffer, Math.Min(total, buffer.Length * 2));
            }

            int received = stream.Receive(buffer.AsSpan(have, Math.Min(total, buffer.Length) - have));
            if (received > 0)
            {
                have += received;
            }
            else if (received != -Errno.EAGAIN || await stream.WaitReadableAsync() != Wake.Ready)
            {
                Frame.Return(buffer, have);
                return new FrameRead(FrameStatus.Broken, null);
            }
        }

        return new FrameRead(FrameStatus.Complete, Frame.TakeOver(buffer, total));
    }

    private static byte[] Grow(byte[] full, int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        full.CopyTo(larger, 0);
        Frame.Return(full, full.Length);
        return larger;
    }
}
