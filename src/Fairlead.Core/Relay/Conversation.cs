using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Watching;

namespace Fairlead.Core.Relay;

/// <summary>One client connection: requests are read one at a time, and each is answered before the next is read.</summary>
internal sealed class Conversation(EventLoop loop, FrameStream client, RequestHandler handler)
{
    /// <summary>
    /// How many requests of a client that does not wait for answers are handled before all others have a turn: requests that need no agent
    /// would otherwise continue for as long as the client does.
    /// </summary>
    private const int RequestsInTurn = 32;

    private ConversationNotes? notes;

    /// <summary>Reports its requests to watchers; null if there can be none.</summary>
    public RequestFeed? Feed { get; init; }

    public required CallerIdentity Caller { get; init; }

    /// <summary>Called when its first request has arrived.</summary>
    public Action? HasAsked { get; init; }

    /// <summary>
    /// The life of a request: (1) read its frame; (2) inform watchers; (3) the handler answers it, or gives up when the client hangs up;
    /// (4) send the answer; (5) report the outcome to watchers.
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
                if (answered == 1)
                {
                    HasAsked?.Invoke();
                }

                using (request)
                {
                    WatchedRequest? watched = Feed is { IsWatched: true } ? Feed.Begin(request, Caller, handler.HostsOf(request), ref notes) : null;
                    using Frame answer = await handler.AnswerAsync(request, new RequestLifetime(hungUp.Token, watched));
                    int sent = await client.SendAsync(answer.Bytes);
                    watched?.End(answer, sent >= 0, handler.AnsweredBy, handler.ObjectionTo(request));
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
