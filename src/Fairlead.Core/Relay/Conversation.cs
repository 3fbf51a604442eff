using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Watching;

namespace Fairlead.Core.Relay;

/// <summary>One client connection: requests are read one at a time, and each is answered before the next is read.</summary>
internal sealed class Conversation(EventLoop loop, FrameStream client, RequestHandler handler)
{
    /// <summary>
    /// Requests of a client that sends them without waiting, before everybody else has a turn: what is answered without an agent
    /// would otherwise go on for as long as the client does.
    /// </summary>
    private const int RequestsInTurn = 32;

    private ConversationNotes? notes;

    /// <summary>Tells who watches of its requests; null where nobody ever does.</summary>
    public RequestFeed? Feed { get; init; }

    public required CallerIdentity Caller { get; init; }

    /// <summary>
    /// The life of a request: (1) its frame is read; (2) who watches is told; (3) the handler answers it, or gives up when the client hangs up;
    /// (4) the answer is sent; (5) who watches is told how it went.
    /// </summary>
    public async Task RunAsync()
    {
        using (client)
        using (handler)
        {
            using var hungUp = new CancellationTokenSource();
            client.Stream.HungUp = hungUp.Cancel;
            for (int answered = 1; await client.ReadAsync() is Frame request; answered++)
            {
                using (request)
                {
                    WatchedRequest? watched = Feed is { IsWatched: true } ? Feed.Begin(request, Caller, handler.HostKeys, ref notes) : null;
                    using Frame answer = await handler.AnswerAsync(request, new RequestLifetime(hungUp.Token, watched));
                    int sent = await client.SendAsync(answer.Bytes);
                    watched?.End(answer, sent >= 0, handler.AnsweredBy, handler.Denies(request));
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
