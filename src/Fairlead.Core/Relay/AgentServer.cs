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
    /// <summary>Clients that have asked nothing yet, the earliest first.</summary>
    private readonly LinkedList<UnixStream> silent = new();

    /// <summary>Conversations in progress.</summary>
    public int Conversations { get; private set; }

    /// <summary>Called when one has ended.</summary>
    public Action? Ended { get; set; }

    /// <summary>Makes what asks the person about the signatures of one conversation; null where nobody can be asked.</summary>
    public Func<PersonAsking>? Asking { get; init; }

    /// <summary>Reports every request to watchers.</summary>
    public RequestFeed? Feed { get; init; }

    /// <summary>
    /// When there is no room, the client that has been silent for longest makes some; if all have asked something, fairlead hangs up on the
    /// new one.
    /// </summary>
    public void Serve(UnixStream client)
    {
        if (Conversations >= options.MaxConversations)
        {
            silent.First?.Value.Cancel();
        }

        if (Conversations >= options.MaxConversations)
        {
            client.Dispose();
            return;
        }

        loop.Observe(ServeAsync(client));
    }

    private async Task ServeAsync(UnixStream client)
    {
        var caller = new CallerIdentity(client.Peer.Pid, BootClock.Ticks);
        var handler = new RequestHandler(caller, planner, opener, options, queue, Asking);
        LinkedListNode<UnixStream>? place = silent.AddLast(client);
        Conversations++;
        try
        {
            await new Conversation(loop, new FrameStream(client), handler) { Feed = Feed, Caller = caller, HasAsked = LeaveSilent }.RunAsync();
        }
        finally
        {
            LeaveSilent();
            Conversations--;
            Ended?.Invoke();
        }

        void LeaveSilent()
        {
            if (place is not null)
            {
                silent.Remove(place);
                place = null;
            }
        }
    }
}
