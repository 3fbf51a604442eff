using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Fairlead.Protocol;

namespace Fairlead.Tests.Relay;

/// <summary>An agent at a real socket that does as it is told and records every byte.</summary>
/// <remarks>
/// A puppet calls listen() for it: fairlead takes no socket for an agent at which its own process listens, and in a test that is
/// this process.
/// </remarks>
internal sealed class FakeAgent : IDisposable
{
    private readonly Socket listener;
    private readonly Func<byte[], FakeReply> answer;
    private readonly ConcurrentBag<Socket> connections = [];
    private readonly Channel<byte[]> requests = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<bool> ends = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> searches = Channel.CreateUnbounded<bool>();
    private int traces;

    public FakeAgent(string path, Func<byte[], FakeReply> answer, uint? uid = null)
        : this(path, answer, ListenThroughPuppet(BoundSocket.Make(path), uid))
    {
    }

    /// <param name="listening">A socket at that path at which somebody has called listen().</param>
    public FakeAgent(string path, Func<byte[], FakeReply> answer, int listening)
    {
        Path = path;
        this.answer = answer;
        listener = new Socket(new SafeSocketHandle(listening, ownsHandle: true));
        _ = AcceptAsync();
    }

    public string Path { get; }

    /// <summary>How often it was asked whether it leads back.</summary>
    public int Traces => Volatile.Read(ref traces);

    /// <summary>Every frame that came, those of the search for loops aside.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = new();

    /// <summary>Every frame, by connection; a connection that asked nothing but for loops is not among them.</summary>
    public ConcurrentQueue<ConcurrentQueue<byte[]>> Conversations { get; } = new();

    /// <summary>What it answers when it is asked whether it leads back.</summary>
    public FakeReply AnswerToTrace { get; set; } = AgentFrame.Failure.ToArray();

    /// <summary>Told of each such question.</summary>
    public Action<byte[]>? TraceHeard { get; set; }

    public bool ClosesAtOnce { get; init; }

    /// <summary>Accepts, and reads nothing of what comes on new connections.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>An agent that lists these keys, signs with them, and does all else that it is asked.</summary>
    public static FakeAgent WithKeys(string path, params string[] keys) => new(path, Holding(keys));

    public static Func<byte[], FakeReply> Holding(params string[] keys) => frame => Messages.KindOf(frame) switch
    {
        RequestKind.List => Messages.Keys(keys),
        RequestKind.Sign when keys.Any(key => frame.AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)) >= 0) => Messages.Signature(string.Join(',', keys)),
        RequestKind.Sign => Messages.Failure,
        _ => Messages.Success,
    };

    /// <summary>The next request that reaches it.</summary>
    public Task<byte[]> NextRequestAsync() => requests.Reader.ReadAsync().AsTask().InTime();

    /// <summary>Waits until it is asked whether it leads back, once more or several times.</summary>
    public async Task NextTraceAsync(int times = 1)
    {
        for (int heard = 0; heard < times; heard++)
        {
            await searches.Reader.ReadAsync().AsTask().InTime();
        }
    }

    /// <summary>Waits until one more connection has been closed by its client.</summary>
    public Task NextEndAsync() => ends.Reader.ReadAsync().AsTask().InTime();

    /// <summary>Lets another process, and perhaps another user, call listen() on a socket.</summary>
    public static int ListenThroughPuppet(int bound, uint? uid = null)
    {
        using var puppet = Puppet.Start("open(S, '+<&=3'); listen(S, 4096) or die; print \"listens\\n\"", [], [bound], uid);
        Assert.Equal("listens", puppet.Hear());
        return bound;
    }

    /// <summary>Dies as an ssh-agent does: the file stays.</summary>
    public void Dispose()
    {
        listener.Dispose();
        foreach (Socket connection in connections)
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket connection = await listener.AcceptAsync();
                connections.Add(connection);
                _ = IsDeaf ? Task.CompletedTask : ServeAsync(connection);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            ConcurrentQueue<byte[]>? conversation = null;
            while (!ClosesAtOnce && await FrameSocket.ReadAsync(connection) is byte[] frame)
            {
                bool isTrace = Messages.KindOf(frame) == RequestKind.Trace;
                if (isTrace)
                {
                    Interlocked.Increment(ref traces);
                    TraceHeard?.Invoke(frame);
                    searches.Writer.TryWrite(true);
                }
                else
                {
                    Note(frame, ref conversation);
                }

                FakeReply reply = isTrace ? AnswerToTrace : answer(frame);
                await (reply.After ?? Task.CompletedTask);
                await (reply.Line?.SendAsync(reply.Bytes, async bytes => await connection.SendAsync(bytes)) ?? connection.SendAsync(reply.Bytes));
                if (reply.Closes)
                {
                    break;
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }

        connection.Dispose();
        ends.Writer.TryWrite(true);
    }

    private void Note(byte[] frame, ref ConcurrentQueue<byte[]>? conversation)
    {
        if (conversation is null)
        {
            Conversations.Enqueue(conversation = new ConcurrentQueue<byte[]>());
        }

        conversation.Enqueue(frame);
        Received.Enqueue(frame);
        requests.Writer.TryWrite(frame);
    }
}
