using System.Text.Json;
using Fairlead.Core.Linux;

namespace Fairlead.Core.Control;

/// <summary>
/// A command's side of the control socket: connects, makes sure that the daemon there is the one it means, and only then sends
/// its line. Blocking and short: every wait ends with the patience.
/// </summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>No report comes near: a thousand agents with ten keys each are 2 MiB.</summary>
    private const int MaxReply = 16 * 1024 * 1024;

    private readonly BlockingStream stream;

    private ControlClient(BlockingStream stream) => this.stream = stream;

    public int DaemonPid => stream.Peer.Pid;

    /// <summary>The daemon has hung up.</summary>
    public bool HasEnded { get; private set; }

    /// <param name="owner">Whose daemon it must be.</param>
    public static ControlOutcome TryConnect(string path, uint owner, TimeSpan patience, out ControlClient? client)
    {
        client = null;
        if (BlockingStream.TryConnect(path, patience, out BlockingStream? stream) < 0 || stream is null)
        {
            return ControlOutcome.NotReachable;
        }

        if (stream.Peer.Uid != owner)
        {
            stream.Dispose();
            return ControlOutcome.NotOurs;
        }

        client = new ControlClient(stream);
        return ControlOutcome.Answered;
    }

    /// <summary>How long an answer may take from now on; null for no end.</summary>
    public void Expect(TimeSpan? patience) => stream.Expect(patience);

    public ControlOutcome TryAsk(ControlRequest request, out ControlReply? reply)
    {
        reply = null;
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(request, ControlJson.Default.ControlRequest), (byte)'\n'];
        if (stream.Send(line) < 0 || ReadLine() is not { } answer)
        {
            return ControlOutcome.NoAnswer;
        }

        try
        {
            reply = JsonSerializer.Deserialize(answer.Span, ControlJson.Default.ControlReply);
        }
        catch (JsonException)
        {
            return ControlOutcome.NotUnderstood;
        }

        return reply is null ? ControlOutcome.NotUnderstood : ControlOutcome.Answered;
    }

    /// <summary>Tells the daemon of a login's own agent and waits for nothing.</summary>
    public void Register(int pid, string socket) => _ = stream.Send(RegisterLine.Write(pid, socket));

    /// <summary>Until the daemon hangs up, which it does for good when it ends.</summary>
    public void WaitForEnd()
    {
        Span<byte> rest = stackalloc byte[256];
        while (stream.Receive(rest) > 0)
        {
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Up to the first line feed; null when the daemon hung up or the patience ended before it.</summary>
    private ReadOnlyMemory<byte>? ReadLine()
    {
        byte[] buffer = new byte[8192];
        int length = 0;
        while (length < MaxReply)
        {
            int received = stream.Receive(buffer.AsSpan(length));
            if (received <= 0)
            {
                HasEnded = received != -Errno.EAGAIN;
                return null;
            }

            int end = buffer.AsSpan(length, received).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return buffer.AsMemory(0, length + end);
            }

            length += received;
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }

        return null;
    }
}
