using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Fairlead.EndToEnd.Wire;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>An agent at a login's socket that behaves as its temper says, and tells the model what it is asked.</summary>
internal sealed class ChaosAgent : IDisposable
{
    /// <summary>A key that every laptop has.</summary>
    public const string KeyOfAll = "key-of-all";

    private static readonly TimeSpan SatelliteDelay = TimeSpan.FromMilliseconds(300);

    private readonly Lock gate = new();
    private readonly Model model;
    private readonly Dictionary<Socket, HeardConversation> connections = [];
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource touch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Temper temper;
    private bool isGone;

    /// <param name="number">No later one has a lower number.</param>
    public ChaosAgent(Model model, int slot, int number, Temper temper)
    {
        this.model = model;
        this.temper = temper;
        Slot = slot;
        Number = number;
    }

    public int Slot { get; }

    public int Number { get; }

    /// <summary>It stands in the configuration, and belongs to no login.</summary>
    public bool IsConfigured => Slot == ChaosPlan.Configured;

    /// <summary>The model's own note: it was silent, and whether fairlead knows that it is back has not been seen since.</summary>
    public bool IsDoubted { get; set; }

    public Temper Temper
    {
        get
        {
            lock (gate)
            {
                return temper;
            }
        }
    }

    /// <summary>Ends when something is asked of it.</summary>
    public Task Asked
    {
        get
        {
            lock (gate)
            {
                return asked.Task;
            }
        }
    }

    public string Name => $"{Slot}#{Number}";

    /// <summary>What a laptop keeps, however often it logs in.</summary>
    public IReadOnlyList<string> Keys => [KeyOf(Slot), KeyOfAll];

    /// <summary>Its keys as it lists them, each with the comment that tells who did.</summary>
    public IEnumerable<string> List => Keys.SelectMany(key => (string[])[key, Name]);

    /// <summary>It has been asked something, so the daemon has found it.</summary>
    public bool IsFound { get; private set; }

    /// <summary>It has answered a list: nobody fears any more that it asks a person first.</summary>
    public bool HasListed { get; private set; }

    public static string KeyOf(int slot) => $"key-of-{slot}";

    public void Serve(Socket listener) => _ = Accept(listener);

    /// <summary>Behaves so from now on; who waits for an answer gets one, or not, as it is now.</summary>
    public void Turn(Temper next)
    {
        lock (gate)
        {
            temper = next;
            Happen(ref change);
        }
    }

    /// <summary>Its person touches the key.</summary>
    public void Touch()
    {
        lock (gate)
        {
            Happen(ref touch);
        }
    }

    public void Dispose()
    {
        KeyValuePair<Socket, HeardConversation>[] open;
        lock (gate)
        {
            isGone = true;
            open = [.. connections];
            Happen(ref change);
        }
        foreach ((Socket connection, HeardConversation heard) in open)
        {
            heard.End();
            connection.Dispose();
        }
    }

    private async Task Accept(Socket listener)
    {
        try
        {
            while (true)
            {
                await Wakefulness(now => now != Temper.Asleep);
                Socket connection = await listener.AcceptAsync();
                var heard = new HeardConversation(model, this);
                lock (gate)
                {
                    if (isGone)
                    {
                        connection.Dispose();
                        return;
                    }
                    connections.Add(connection, heard);
                }
                _ = Converse(connection, heard);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The login has ended.
        }
    }

    private async Task Converse(Socket connection, HeardConversation heard)
    {
        try
        {
            if (Temper == Temper.Blurting)
            {
                await connection.SendAsync(Message.Frame(ChaosMessage.Failure));
            }
            while (await Read(connection) is byte[] request && await Answer(connection, request, heard))
            {
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // Hung up by either side.
        }
        finally
        {
            heard.End();
            lock (gate)
            {
                connections.Remove(connection);
            }
            connection.Dispose();
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    private async Task<bool> Answer(Socket connection, byte[] request, HeardConversation heard)
    {
        heard.Note(request);
        IsFound = true;
        lock (gate)
        {
            Happen(ref asked);
        }
        Temper now = await Wakefulness(when => when is not Temper.Silent and not Temper.Asleep);
        byte[] right = RightAnswer(request, now);
        if (now == Temper.Slow && request[0] != Message.SignRequest)
        {
            await Task.Delay(SatelliteDelay);
        }
        else if (now == Temper.Touch && request[0] == Message.SignRequest)
        {
            await Task.WhenAny(touch.Task, change.Task);
        }
        heard.Settle();
        switch (now)
        {
            case Temper.Closing:
                return false;
            case Temper.HalfAnswer:
                await connection.SendAsync(right.AsMemory(0, right.Length / 2));
                return false;
            case Temper.HalfSilent:
                await connection.SendAsync(right.AsMemory(0, right.Length / 2));
                await Wakefulness(when => when is not Temper.HalfSilent and not Temper.Silent and not Temper.Asleep);
                await connection.SendAsync(right.AsMemory(right.Length / 2));
                return true;
            default:
                await connection.SendAsync(Lies.Instead(now, right, Keys));
                HasListed |= request[0] == Message.RequestIdentities;
                return true;
        }
    }

    private byte[] RightAnswer(byte[] request, Temper now) => request[0] switch
    {
        _ when now == Temper.Refusing => Message.Frame(ChaosMessage.Failure),
        Message.RequestIdentities => ChaosMessage.Keys(Name, now == Temper.Empty ? [] : Keys),
        Message.SignRequest when now != Temper.Empty && ChaosMessage.Texts(request, 1, 2) is [string key, string data] && Keys.Contains(key) =>
            ChaosMessage.Signature(Name, key, data),
        ChaosMessage.AddIdentity or ChaosMessage.RemoveIdentity => Message.Frame(ChaosMessage.Success),
        Message.Extension when Encoding.ASCII.GetString(request).Contains(ChaosMessage.SessionBind, StringComparison.Ordinal) =>
            Message.Frame(ChaosMessage.Success),
        _ => Message.Frame(ChaosMessage.Failure),
    };

    /// <summary>Waits until the temper is one of these.</summary>
    private async Task<Temper> Wakefulness(Func<Temper, bool> isAwake)
    {
        while (true)
        {
            Task changed;
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(isGone, this);
                if (isAwake(temper))
                {
                    return temper;
                }
                changed = change.Task;
            }
            await changed;
        }
    }

    private static void Happen(ref TaskCompletionSource what)
    {
        what.TrySetResult();
        what = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static async Task<byte[]?> Read(Socket connection)
    {
        byte[] length = new byte[4];
        if (!await Fill(connection, length))
        {
            return null;
        }
        byte[] message = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        return await Fill(connection, message) ? message : null;
    }

    private static async Task<bool> Fill(Socket connection, Memory<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int count = await connection.ReceiveAsync(buffer);
            if (count == 0)
            {
                return false;
            }
            buffer = buffer[count..];
        }
        return true;
    }
}
