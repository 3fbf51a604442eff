using System.Text.Json;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

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
    private byte[] received = new byte[8192];
    private int count;

    private ControlClient(BlockingStream stream) => this.stream = stream;

    public int DaemonPid => stream.Peer.Pid;

    /// <summary>What becomes readable when the daemon says something; what it has said before may be here already: <see cref="HasMore"/>.</summary>
    public int Descriptor => stream.Descriptor;

    /// <summary>A whole line has come and was not heard yet.</summary>
    public bool HasMore => received.AsSpan(0, count).Contains((byte)'\n');

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
        return stream.Send(ControlLine.Of(request)) < 0 ? ControlOutcome.NoAnswer : TryHear(out reply);
    }

    /// <summary>The next reply to a question that has several.</summary>
    public ControlOutcome TryHear(out ControlReply? reply)
    {
        reply = null;
        if (ReadLine() is not { } answer)
        {
            return ControlOutcome.NoAnswer;
        }

        try
        {
            reply = JsonSerializer.Deserialize(answer, ControlJson.Default.ControlReply);
        }
        catch (JsonException)
        {
            return ControlOutcome.NotUnderstood;
        }

        return reply is null ? ControlOutcome.NotUnderstood : ControlOutcome.Answered;
    }

    /// <summary>Tells the daemon of a login's own agent, and waits for its word whether it can use it.</summary>
    /// <param name="descriptors">Of the socket and its folder, as far as they could be had.</param>
    public RegisterOutcome Register(int pid, string socket, ReadOnlySpan<int> descriptors)
    {
        byte[] line = RegisterLine.Write(pid, socket);
        int sent = descriptors.IsEmpty ? stream.Send(line) : stream.Send(line, descriptors);
        byte[]? answer = sent < 0 ? null : ReadLine();
        return answer is not null ? RegisterLine.IsRefusal(answer) ? RegisterOutcome.Refused : RegisterOutcome.Usable
            : HasEnded ? RegisterOutcome.Usable : RegisterOutcome.Late;
    }

    /// <summary>Until the daemon hangs up, which it does for good when it ends.</summary>
    public void WaitForEnd()
    {
        Span<byte> rest = stackalloc byte[256];
        while (stream.Receive(rest) > 0)
        {
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Up to the next line feed; null when the daemon hung up or the patience ended before it.</summary>
    private byte[]? ReadLine()
    {
        for (int looked = 0; count < MaxReply;)
        {
            int end = received.AsSpan(looked, count - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(looked + end);
            }

            looked = count;
            if (count == received.Length)
            {
                Array.Resize(ref received, received.Length * 4);
            }

            int more = stream.Receive(received.AsSpan(count));
            if (more <= 0)
            {
                HasEnded = more != -Errno.EAGAIN;
                return null;
            }

            count += more;
        }

        return null;
    }

    /// <summary>The line up to here; what came behind it is the beginning of the next one.</summary>
    private byte[] Take(int end)
    {
        byte[] line = received[..end];
        count -= end + 1;
        received.AsSpan(end + 1, count).CopyTo(received);
        return line;
    }
}
