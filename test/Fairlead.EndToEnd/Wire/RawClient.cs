using System.Buffers.Binary;
using System.Net.Sockets;
using Fairlead.EndToEnd.Staging;

namespace Fairlead.EndToEnd.Wire;

/// <summary>A client of an agent's socket that sends whatever bytes it likes and reads frames.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket socket;

    /// <param name="connected">A socket that somebody else has connected.</param>
    public RawClient(SafeSocketHandle connected) => socket = new(connected);

    private RawClient() => socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public static async Task<RawClient> Connect(string path)
    {
        var client = new RawClient();
        // A blocking connect waits for room among those not yet accepted, as every client's does; the asynchronous one fails at once.
        await Task.Run(() => client.socket.Connect(new UnixDomainSocketEndPoint(path)));
        return client;
    }

    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes)..];
            }
        }
        catch (SocketException gone) when (gone.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // The other side has hung up before it had read everything: an answer, too, and the reading will show it.
        }
    }

    /// <summary>Sends the same again and again until nobody takes any more of it.</summary>
    /// <returns>How many bytes were taken.</returns>
    public long SendUntilFull(ReadOnlySpan<byte> bytes)
    {
        socket.Blocking = false;
        long taken = 0;
        SocketError error;
        do
        {
            taken += socket.Send(bytes, SocketFlags.None, out error);
        }
        while (error == SocketError.Success);
        return error == SocketError.WouldBlock ? taken : throw new SocketException((int)error);
    }

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>The next frame without its length, as hexadecimal digits; null when the other side has closed.</summary>
    public async Task<string?> ReadFrame()
    {
        byte[] length = new byte[4];
        if (await Fill(length) < length.Length)
        {
            return null;
        }
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        return await Fill(body) == body.Length ? Convert.ToHexString(body) : null;
    }

    public async Task<List<string>> ReadFrames(int most)
    {
        var frames = new List<string>();
        while (frames.Count < most && await ReadFrame() is { } frame)
        {
            frames.Add(frame);
        }
        return frames;
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> Fill(byte[] buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = await Read(buffer.AsMemory(filled)).InTime(() => Task.FromResult("no answer and no end came"));
            if (count == 0)
            {
                break;
            }
            filled += count;
        }
        return filled;
    }

    private async Task<int> Read(Memory<byte> buffer)
    {
        try
        {
            return await socket.ReceiveAsync(buffer);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed with bytes of ours unread: for a client the same as an end.
            return 0;
        }
    }
}
