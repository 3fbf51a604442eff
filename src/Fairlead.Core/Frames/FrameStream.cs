using System.Buffers;
using System.Runtime.CompilerServices;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Protocol;

namespace Fairlead.Core.Frames;

/// <summary>
/// Frames over a stream, one at a time. It holds no buffer between frames, and within a frame only the bytes that have arrived.
/// </summary>
/// <remarks>
/// One system call takes what is there, up to <see cref="AtOnce"/>: usually a whole frame. If the peer does not wait for answers it may be
/// more, which is kept; the rest stays in the kernel, where it costs the peer, not us.
/// </remarks>
internal sealed class FrameStream(UnixStream stream) : IDisposable
{
    /// <summary>How many bytes are read before the length of the frame is known.</summary>
    private const int AtOnce = 4096;

    private byte[]? buffer;
    private int start;
    private int end;

    public UnixStream Stream => stream;

    /// <summary>Called when some bytes of a frame have arrived, but not all.</summary>
    public Action? Progressed { get; set; }

    /// <summary>Nothing has arrived after the most recent frame, and the peer is still there.</summary>
    public bool IsQuiet => end == start && stream.IsQuiet;

    /// <summary>The next frame; null at the end of the stream, even in the middle of a frame, and for bytes that are not a frame.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Frame?> ReadAsync()
    {
        for (bool hasCome = false; ;)
        {
            if (!TryReadTotal(out int total))
            {
                return null;
            }

            if (end - start >= total && total > AgentFrame.HeaderLength)
            {
                return Take(total);
            }

            if (hasCome)
            {
                Progressed?.Invoke();
            }

            int received = stream.MayReceive || await stream.WaitReadableAsync() == Wake.Ready ? Receive(total) : -Errno.ECONNRESET;
            if (received <= 0 && received != -Errno.EAGAIN)
            {
                return null;
            }

            hasCome = received > 0;
        }
    }

    /// <summary>Sends a whole frame: zero, or minus errno.</summary>
    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> frame) => stream.SendAsync(frame);

    public void Dispose()
    {
        stream.Dispose();
        Release();
    }

    private ReadOnlySpan<byte> Come => buffer.AsSpan(start, end - start);

    /// <summary>The length of the frame that has begun, header included; the length of the header until that is complete.</summary>
    /// <returns>False when the announced length is not that of a frame.</returns>
    private bool TryReadTotal(out int total)
    {
        total = AgentFrame.HeaderLength;
        if (end - start < AgentFrame.HeaderLength)
        {
            return true;
        }

        bool isFrame = AgentFrame.TryReadLength(Come, out int length);
        total += length;
        return isFrame;
    }

    /// <summary>The buffer may be handed on; a copy is made only if more bytes follow the frame.</summary>
    private Frame Take(int total)
    {
        if (start == 0 && end == total)
        {
            byte[] whole = buffer!;
            buffer = null;
            end = 0;
            return Frame.TakeOver(whole, total);
        }

        byte[] own = ArrayPool<byte>.Shared.Rent(total);
        Come[..total].CopyTo(own);
        start += total;
        if (start == end)
        {
            Release();
        }

        return Frame.TakeOver(own, total);
    }

    /// <summary>Reads what is there: how many bytes, 0 at the end, or minus errno.</summary>
    private int Receive(int total)
    {
        int missing = total - (end - start);
        if (missing > AtOnce)
        {
            // The buffer grows with the bytes that arrive, not with the announced length.
            Reserve(AtOnce);
            int more = stream.Receive(buffer.AsSpan(end, Math.Min(missing, buffer!.Length - end)));
            end += Math.Max(0, more);
            return more;
        }

        Span<byte> some = stackalloc byte[AtOnce];
        int received = stream.Receive(some);
        if (received > 0)
        {
            Reserve(received);
            some[..received].CopyTo(buffer.AsSpan(end));
            some[..received].Clear();
            end += received;
        }

        return received;
    }

    /// <summary>Room for this many bytes more.</summary>
    private void Reserve(int more)
    {
        int have = end - start;
        if (buffer is not null && end + more <= buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(have + more);
        Come.CopyTo(larger);
        Release();
        buffer = larger;
        end = have;
    }

    private void Release()
    {
        if (buffer is not null)
        {
            Frame.Return(buffer, end);
        }

        buffer = null;
        start = 0;
        end = 0;
    }
}
