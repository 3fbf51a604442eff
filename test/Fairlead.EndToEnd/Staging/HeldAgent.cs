using System.Buffers.Binary;
using System.Net.Sockets;

namespace Fairlead.EndToEnd.Staging;

/// <summary>
/// An agent whose person is asked, as a vault's is: a real ssh-agent, whose answers to one kind of request are held back until the test lets them go. Requests
/// on other connections are answered meanwhile.
/// </summary>
internal sealed class HeldAgent : IAsyncDisposable
{
    private readonly string agent;
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly TaskCompletionSource<byte> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? answers;
    private byte held;

    /// <param name="agent">Who answers behind it.</param>
    public HeldAgent(string socket, string agent)
    {
        Socket = socket;
        this.agent = agent;
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen();
        _ = AcceptAll();
    }

    public string Socket { get; }

    /// <summary>Such a request has come.</summary>
    public Task Asked => asked.Task.InTime(() => Task.FromResult($"no request of type {held} has come"));

    /// <summary>Requests of this type get no answer from now on.</summary>
    public void Hold(byte type)
    {
        answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held = type;
    }

    /// <summary>What was held is answered, and what comes from now on.</summary>
    public void LetGo()
    {
        held = 0;
        answers?.TrySetResult();
    }

    /// <summary>What was held is never answered; what comes from now on is.</summary>
    public void LoseHeld() => held = 0;

    public ValueTask DisposeAsync()
    {
        LetGo();
        listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAll()
    {
        try
        {
            while (true)
            {
                _ = Serve(await listener.AcceptAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(Socket client)
    {
        using var behind = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        behind.Connect(new UnixDomainSocketEndPoint(agent));
        await using var asks = new NetworkStream(client, ownsSocket: true);
        await using var says = new NetworkStream(behind);
        try
        {
            while (true)
            {
                byte[] request = await ReadFrame(asks);
                await says.WriteAsync(request);
                byte[] answer = await ReadFrame(says);
                if (request[sizeof(uint)] == held)
                {
                    asked.TrySetResult(request[sizeof(uint)]);
                    await answers!.Task;
                }
                await asks.WriteAsync(answer);
            }
        }
        catch (IOException)
        {
            // One of the two has hung up.
        }
    }

    private static async Task<byte[]> ReadFrame(NetworkStream stream)
    {
        byte[] frame = new byte[sizeof(uint)];
        await stream.ReadExactlyAsync(frame);
        Array.Resize(ref frame, frame.Length + BinaryPrimitives.ReadInt32BigEndian(frame));
        await stream.ReadExactlyAsync(frame.AsMemory(sizeof(uint)));
        return frame;
    }
}
