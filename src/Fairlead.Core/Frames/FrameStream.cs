using System.Buffers;
using System.Runtime.CompilerServices;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Protocol;

namespace Fairlead.Core.Frames;

/// <summary>Frames over a stream, one at a time. Holds no buffer between frames, and inside one only what has come so far.</summary>
/// <remarks>
/// One system call takes what is there, up to <see cref="AtOnce"/>: usually a whole frame. Of a peer that does not wait for answers it may be more,
/// which is kept; the rest of what it sends stays in the kernel, where it costs the peer, not us.
/// </remarks>
internal sealed class FrameStream(UnixStream stream) : IDisposable
{
    /// <summary>Bytes that are read before it is known how many belong to the frame.</summary>
    private const int AtOnce = 4096;

    private byte[]? buffer;
    private int start;
    private int end;

    public UnixStream Stream => stream;

    /// <summary>Called when bytes of a frame have come, but not all of them.</summary>
    public Action? Progressed { get; set; }

    /// <summary>Nothing came behind the frame that was read last, and the peer is still there.</summary>
    public bool IsQuiet => end == start && stream.IsQuiet;

    /// <summary>The next frame; null at the end of the stream, in the middle of a frame too, and for what is no frame.</summary>
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

    /// <summary>The length of the frame that has begun, header and all; that of the header while it is not complete.</summary>
    /// <returns>False when what was announced is no frame.</returns>
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

    /// <summary>What came may be handed on as it is; only when something follows is a copy made.</summary>
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
            // The buffer grows with the bytes that come, not with those that were announced.
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
