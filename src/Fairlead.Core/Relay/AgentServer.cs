using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Watching;

namespace Fairlead.Core.Relay;

/// <summary>Holds a conversation with each client of our socket.</summary>
internal sealed class AgentServer(EventLoop loop, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, WaitQueue queue)
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
        var handler = new RequestHandler(caller, planner, opener, options, queue);
        loop.Observe(ServeAsync(new Conversation(loop, new FrameStream(client), handler) { Feed = Feed, Caller = caller }));
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
