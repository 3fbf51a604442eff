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
    /// <summary>No report is nearly that long: a thousand agents with ten keys each are 2 MiB.</summary>
    private const int MaxReply = 16 * 1024 * 1024;

    private readonly BlockingStream stream;
    private byte[] received = new byte[8192];
    private int count;

    private ControlClient(BlockingStream stream) => this.stream = stream;

    public int DaemonPid => stream.Peer.Pid;

    /// <summary>Becomes readable when the daemon says something; an earlier line may already be here: <see cref="HasMore"/>.</summary>
    public int Descriptor => stream.Descriptor;

    /// <summary>A whole line has arrived and was not read yet.</summary>
    public bool HasMore => received.AsSpan(0, count).Contains((byte)'\n');

    /// <summary>The daemon has hung up.</summary>
    public bool HasEnded { get; private set; }

    /// <param name="owner">The user that the daemon must belong to.</param>
    public static ControlOutcome TryConnect(string path, uint owner, TimeSpan patience, out ControlClient? client)
    {
        client = null;
        int connected = BlockingStream.TryConnect(path, patience, out BlockingStream? stream);
        if (stream is null)
        {
            return connected switch
            {
                -Errno.EACCES => ControlOutcome.OutOfReach,
                -Errno.EAGAIN => ControlOutcome.NoAnswer,
                _ => ControlOutcome.NotReachable,
            };
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
        int sent = stream.Send(ControlLine.Of(request));
        if (sent >= 0)
        {
            return TryHear(out reply);
        }

        HasEnded = sent != -Errno.EAGAIN;
        return ControlOutcome.NoAnswer;
    }

    /// <summary>
    /// The build of a daemon whose other answers are not understood; its version if it says no more, null if it says neither.
    /// </summary>
    public string? AskBuild()
    {
        if (stream.Send(ControlLine.Of(new ControlRequest { Verb = ControlVerb.Status, Quiet = true })) < 0 || ReadLine() is not { } answer)
        {
            return null;
        }

        try
        {
            BuildStatus? status = JsonSerializer.Deserialize(answer, ControlJson.Default.BuildReply)?.Status;
            return status?.Build ?? status?.DaemonVersion;
        }
        catch (JsonException)
        {
            return null;
        }
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

    /// <summary>Registers a login's own agent with the daemon, and waits for its verdict.</summary>
    /// <param name="descriptors">Of the socket and its folder, as far as they could be opened.</param>
    public RegisterOutcome Register(int pid, string socket, ReadOnlySpan<int> descriptors)
    {
        byte[] line = RegisterLine.Write(pid, socket);
        int sent = descriptors.IsEmpty ? stream.Send(line) : stream.Send(line, descriptors);
        byte[]? answer = sent < 0 ? null : ReadLine();
        return answer is not null ? RegisterLine.IsRefusal(answer) ? RegisterOutcome.Refused : RegisterOutcome.Usable
            : HasEnded ? RegisterOutcome.Usable : RegisterOutcome.Late;
    }

    /// <summary>Waits until the daemon hangs up, which it does when it ends.</summary>
    public void WaitForEnd()
    {
        Span<byte> rest = stackalloc byte[256];
        while (stream.Receive(rest) > 0)
        {
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Reads up to the next line feed; null when the daemon hung up or the patience ended before it.</summary>
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

    /// <summary>The line up to here; the bytes after it are the beginning of the next one.</summary>
    private byte[] Take(int end)
    {
        byte[] line = received[..end];
        count -= end + 1;
        received.AsSpan(end + 1, count).CopyTo(received);
        return line;
    }
}
