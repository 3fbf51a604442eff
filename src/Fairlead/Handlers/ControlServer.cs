using System.Text.Json;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;

namespace Fairlead.Handlers;

/// <summary>
/// Answers the commands of this user, on a socket of its own: the agent socket is open to every host reached with <c>ssh -A</c>, this one is not. One
/// line of JSON in, one out.
/// </summary>
internal sealed class ControlServer(
    EventLoop loop, StatusHandler status, WhyHandler why, EnvironmentHandler environment, PinHandler pins, WaitHandler waits, Action<string> register, Action stop)
{
    /// <summary>The longest request names one path.</summary>
    private const int MaxRequest = 8192;

    /// <summary>Clients that are connected.</summary>
    public int Clients { get; private set; }

    public required EventsHandler Events { get; init; }

    /// <summary>What a restart brings about.</summary>
    public required Func<ValueTask<ControlReply>> Restart { get; init; }

    /// <summary>Called when a client has gone: often a login's init, or that of a shell in a pane.</summary>
    public Action? Served { get; init; }

    public void Serve(UnixStream client) => loop.Observe(ServeAsync(client));

    private async Task ServeAsync(UnixStream client)
    {
        Clients++;
        try
        {
            using (client)
            {
                while (await ReadLineAsync(client) is byte[] line && await AnswerAsync(line, client) is ControlReply reply)
                {
                    if (await client.SendAsync(ControlLine.Of(reply)) < 0)
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            Clients--;
            Served?.Invoke();
        }
    }

    /// <summary>Null after a request that nobody waits to see answered.</summary>
    private async ValueTask<ControlReply?> AnswerAsync(byte[] line, UnixStream client)
    {
        int peer = client.Peer.Pid;
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            request = null;
        }

        int pid = request?.Pid ?? peer;
        switch (request?.Verb)
        {
            case ControlVerb.Status:
                return new ControlReply { Status = await status.StatusAsync(pid, isQuiet: request.Quiet == true) };
            case ControlVerb.List:
                return new ControlReply { List = await status.ListAsync() };
            case ControlVerb.Why:
                return await why.WhyAsync(peer, request.Pid);
            case ControlVerb.Environment:
                return await environment.ReportAsync(pid);
            case ControlVerb.Pin:
                return await pins.PinAsync(request.Agent ?? "");
            case ControlVerb.Unpin:
                return await pins.UnpinAsync();
            case ControlVerb.Wait:
                return await waits.WaitAsync(client, pid, TimeIn(request));
            case ControlVerb.Events:
                await Events.StreamAsync(client);
                return null;
            case ControlVerb.Register:
                register(request.Socket ?? "");
                return null;
            case ControlVerb.Restart:
                return await Restart();
            case ControlVerb.Stop:
                stop();
                return new ControlReply();
            default:
                return new ControlReply { Error = ControlReply.UnknownRequest };
        }
    }

    /// <summary>Null for no end.</summary>
    private static TimeSpan? TimeIn(ControlRequest request) => request.Milliseconds is long time
        ? TimeSpan.FromMilliseconds(Math.Clamp(time, 0, (long)DurationText.Longest.TotalMilliseconds))
        : null;

    /// <summary>Null at the end, and for a line that is too long.</summary>
    private static async ValueTask<byte[]?> ReadLineAsync(UnixStream client)
    {
        byte[] buffer = new byte[MaxRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int received = client.Receive(buffer.AsSpan(length));
            if (received > 0)
            {
                int end = buffer.AsSpan(length, received).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    return buffer[..(length + end)];
                }

                length += received;
            }
            else if (received != -Errno.EAGAIN || await client.WaitReadableAsync() != Wake.Ready)
            {
                return null;
            }
        }

        return null;
    }
}
