using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Relay;

/// <summary>One client connection: requests are read one at a time, and each is answered before the next is read.</summary>
internal sealed class Conversation(EventLoop loop, FrameStream client, RequestHandler handler)
{
    /// <summary>
    /// Requests of a client that sends them without waiting, before everybody else has a turn: what is answered without an agent
    /// would otherwise go on for as long as the client does.
    /// </summary>
    private const int RequestsInTurn = 32;

    /// <summary>Tells who watches of its requests; null where nobody ever does.</summary>
    public RequestFeed? Feed { get; init; }

    public required CallerIdentity Caller { get; init; }

    public async Task RunAsync()
    {
        using (client)
        using (handler)
        {
            client.Stream.HungUp = handler.Abandon;
            for (int answered = 1; await client.ReadAsync() is Frame request; answered++)
            {
                using (request)
                {
                    WatchedRequest? watched = Feed?.Begin(request, Caller, handler);
                    using Frame answer = await handler.AnswerAsync(request);
                    int sent = await client.SendAsync(answer.Bytes);
                    watched?.End(answer, sent >= 0);
                    if (sent < 0)
                    {
                        return;
                    }
                }

                if (answered % RequestsInTurn == 0)
                {
                    await loop.YieldAsync();
                }
            }
        }
    }
}
