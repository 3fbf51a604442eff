using System.Text.Json;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Handlers;

/// <summary>
/// Answers the commands of this user, on a socket of its own: the agent socket is open to every host reached with <c>ssh -A</c>, this one is not. One
/// line of JSON in, one out.
/// </summary>
internal sealed class ControlServer(EventLoop loop, IEnumerable<IControlHandler> handlers)
{
    /// <summary>Requests of a client that sends them without waiting, before everybody else has a turn.</summary>
    private const int RequestsInTurn = 32;

    private readonly Dictionary<ControlVerb, IControlHandler> handlers = handlers.ToDictionary(handler => handler.Verb);
    private readonly ControlClients clients = new(loop);

    /// <summary>Clients that are connected.</summary>
    public int Clients { get; private set; }

    /// <summary>Called when a client has gone: often a login's init, or that of a shell in a pane.</summary>
    public Action<ServedClient>? Served { get; init; }

    public void Serve(UnixStream client) => loop.Observe(ServeAsync(client));

    private async Task ServeAsync(UnixStream client)
    {
        Clients++;
        ControlAccess access = default;
        var asked = ClientRequests.None;
        try
        {
            access = ControlAccess.Of(client);
            using (client)
            using (var reader = new ControlReader(client))
            {
                for (int answered = 1; await clients.ReadAsync(client, reader, isNew: answered == 1) is byte[] line; answered++)
                {
                    IControlHandler? handler = FindHandler(line, out ControlRequest? request);
                    asked |= handler?.OnlyReports == true ? ClientRequests.Reports : ClientRequests.Others;
                    ControlReply? reply = await AnswerAsync(handler, request, reader.Descriptors, client, access);
                    reader.CloseDescriptors();
                    client.HungUp = null; // what the handler wanted to end with the client has ended
                    if (reply is null || await clients.SendAsync(client, ControlLine.Of(reply)) < 0)
                    {
                        break;
                    }

                    if (answered % RequestsInTurn == 0)
                    {
                        await loop.YieldAsync();
                    }
                }
            }
        }
        finally
        {
            Clients--;
            Served?.Invoke(new ServedClient(access, client.Peer.Pid, asked));
        }
    }

    /// <inheritdoc cref="IControlHandler.AnswerAsync" path="/returns"/>
    private async ValueTask<ControlReply?> AnswerAsync(
        IControlHandler? handler, ControlRequest? request, IReadOnlyList<int> descriptors, UnixStream client, ControlAccess access)
    {
        if (handler is null || request is null)
        {
            return new ControlReply { Error = ControlReply.UnknownRequest };
        }

        if (!access.Allows(request.Verb))
        {
            return new ControlReply { Error = ControlReply.Sandboxed };
        }

        if (!clients.TryBeginAnswer(access.IsOutside))
        {
            return new ControlReply { Error = ControlReply.TooMany };
        }

        try
        {
            return await handler.AnswerAsync(request with { Descriptors = descriptors }, client) is ControlReply reply ? access.Limit(reply) : null;
        }
        finally
        {
            clients.EndAnswer(access.IsOutside);
        }
    }

    /// <returns>Null for what is no request.</returns>
    private IControlHandler? FindHandler(byte[] line, out ControlRequest? request)
    {
        request = Parse(line);
        return request is null ? null : handlers.GetValueOrDefault(request.Verb);
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
}

/// <summary>A client of the control socket that has gone.</summary>
/// <param name="Pid">Its process; 0 in another pid namespace.</param>
/// <param name="Asked">All kinds of requests that it sent.</param>
internal readonly record struct ServedClient(ControlAccess Access, int Pid, ClientRequests Asked);

/// <summary>Kinds of requests.</summary>
[Flags]
internal enum ClientRequests
{
    /// <summary>It only looked whether a daemon is there, as the <c>init</c> of a login without an agent does.</summary>
    None = 0,

    /// <inheritdoc cref="IControlHandler.OnlyReports"/>
    Reports = 1,

    /// <summary>Any other request.</summary>
    Others = 2,
}
