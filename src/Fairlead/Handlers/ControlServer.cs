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
internal sealed class ControlServer(EventLoop loop, IEnumerable<IControlHandler> handlers)
{
    /// <summary>The longest request names one path.</summary>
    private const int MaxRequest = 8192;

    private readonly Dictionary<ControlVerb, IControlHandler> handlers = handlers.ToDictionary(handler => handler.Verb);

    /// <summary>Clients that are connected.</summary>
    public int Clients { get; private set; }

    /// <summary>Called when a client has gone: often a login's init, or that of a shell in a pane.</summary>
    public Action? Served { get; init; }

    public void Serve(UnixStream client) => loop.Observe(ServeAsync(client));

    private async Task ServeAsync(UnixStream client)
    {
        Clients++;
        var descriptors = new List<int>();
        try
        {
            using (client)
            {
                while (await ReadAsync(client, descriptors) is byte[] line && await AnswerAsync(line, descriptors, client) is ControlReply reply)
                {
                    client.HungUp = null; // what the handler wanted to end with the client has ended
                    if (await client.SendAsync(ControlLine.Of(reply)) < 0)
                    {
                        break;
                    }
                }
            }
        }
        finally
        {
            CloseAll(descriptors);
            Clients--;
            Served?.Invoke();
        }
    }

    /// <inheritdoc cref="IControlHandler.AnswerAsync" path="/returns"/>
    private async ValueTask<ControlReply?> AnswerAsync(byte[] line, List<int> descriptors, UnixStream client)
    {
        ControlReply? reply = Parse(line) is ControlRequest request && handlers.TryGetValue(request.Verb, out IControlHandler? handler)
            ? await handler.AnswerAsync(request with { Descriptors = descriptors }, client)
            : new ControlReply { Error = ControlReply.UnknownRequest };
        CloseAll(descriptors);
        return reply;
    }

    private static void CloseAll(List<int> descriptors)
    {
        descriptors.ForEach(Descriptor.Close);
        descriptors.Clear();
    }

    private static ControlRequest? Parse(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A line; null at the end, and for one that is too long.</summary>
    /// <param name="descriptors">Gets those that come with it.</param>
    private static async ValueTask<byte[]?> ReadAsync(UnixStream client, List<int> descriptors)
    {
        byte[] buffer = new byte[MaxRequest];
        int length = 0;
        while (length < buffer.Length)
        {
            int received = Receive(client, buffer.AsSpan(length), descriptors);
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

    private static int Receive(UnixStream client, Span<byte> buffer, List<int> descriptors)
    {
        Span<int> room = stackalloc int[DescriptorPassing.Most];
        int received = client.Receive(buffer, room, out int count);
        descriptors.AddRange(room[..count]);
        if (descriptors.Count <= DescriptorPassing.Most)
        {
            return received;
        }

        return -Errno.EMFILE; // no request needs more: whoever sends them wants to use ours up
    }
}
