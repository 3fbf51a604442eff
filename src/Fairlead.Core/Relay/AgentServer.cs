using Fairlead.Core.Callers;
using Fairlead.Core.Linux;

namespace Fairlead.Core.Relay;

/// <summary>Holds a conversation with each client of our socket.</summary>
internal sealed class AgentServer(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, HeldRequests held)
{
    /// <summary>Conversations under way.</summary>
    public int Conversations { get; private set; }

    /// <summary>Called when one has ended.</summary>
    public Action? Ended { get; set; }

    /// <summary>Tells who watches of every request.</summary>
    public RequestFeed? Feed { get; init; }

    public void Serve(UnixStream client)
    {
        if (Conversations >= options.MaxConversations)
        {
            client.Dispose();
            return;
        }

        var caller = new CallerIdentity(client.Peer.Pid, BootClock.Ticks);
        var responder = new Responder(caller, planner, opener, options, held);
        loop.Observe(ServeAsync(new Conversation(loop, new FrameStream(client), responder) { Feed = Feed, Caller = caller }));
    }

    private async Task ServeAsync(Conversation conversation)
    {
        Conversations++;
        try
        {
            await conversation.RunAsync();
        }
        finally
        {
            Conversations--;
            Ended?.Invoke();
        }
    }
}
