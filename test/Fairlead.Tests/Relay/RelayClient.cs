using System.Net.Sockets;

namespace Fairlead.Tests.Relay;

/// <summary>A client of the relay's socket.</summary>
internal sealed class RelayClient : IDisposable
{
    private readonly Socket socket;

    public RelayClient(string path)
    {
        socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    /// <summary>A socket that somebody else has connected.</summary>
    public RelayClient(int connected) => socket = new Socket(new SafeSocketHandle(connected, ownsHandle: true));

    /// <summary>All of them at once. (Joined by hand: ToArray() would leave copies in the pool whose buffers SecretTests looks at.)</summary>
    public Task SendAsync(params byte[][] frames)
    {
        byte[] joined = new byte[frames.Sum(frame => frame.Length)];
        int end = 0;
        foreach (byte[] frame in frames)
        {
            frame.CopyTo(joined, end);
            end += frame.Length;
        }

        return SendAllAsync(joined).InTime();
    }

    /// <summary>The next frame; null when the relay has closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        try
        {
            return await FrameSocket.ReadAsync(socket).InTime();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    public async Task<byte[]?> AskAsync(byte[] frame)
    {
        await SendAsync(frame);
        return await ReceiveAsync();
    }

    /// <summary>Bytes that have come and were not read.</summary>
    public int Available => socket.Available;

    /// <summary>Sends nothing more, and still reads.</summary>
    public void ShutDownSending() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => socket.Dispose();

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }
}
