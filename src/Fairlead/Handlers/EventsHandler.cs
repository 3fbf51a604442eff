using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;

namespace Fairlead.Handlers;

/// <summary>Tells <c>fairlead events</c> and <c>fairlead watch</c> of the requests as they pass. Belongs to the loop.</summary>
internal sealed class EventsHandler : IControlHandler
{
    /// <summary>Requests that have passed and are not described yet; of those beyond it only the number is told.</summary>
    public const int Capacity = 256;

    private readonly RequestFeed feed;
    private readonly EventQueue queue;
    private readonly List<EventSubscriber> subscribers = [];

    public EventsHandler(EventLoop loop, RequestFeed feed, RoutePlanner planner)
    {
        this.feed = feed;
        queue = new EventQueue(loop, planner, Capacity, Tell);
    }

    /// <summary>Who watches at this moment.</summary>
    public int Subscribers => subscribers.Count;

    public ControlVerb Verb => ControlVerb.Events;

    public bool OnlyReports => true;

    /// <summary>Until the client hangs up, or does not read for too long.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        var subscriber = new EventSubscriber(client);
        subscriber.Tell(ControlLine.Of(new ControlReply()));
        Subscribe(subscriber);
        try
        {
            await subscriber.ServeAsync();
        }
        finally
        {
            Unsubscribe(subscriber);
        }

        return null;
    }

    /// <summary>Another daemon takes over: who watches asks that one.</summary>
    public void EndAll()
    {
        foreach (EventSubscriber subscriber in subscribers.ToArray()) // each takes itself off the list
        {
            subscriber.End();
        }
    }

    private void Subscribe(EventSubscriber subscriber)
    {
        subscribers.Add(subscriber);
        if (subscribers.Count == 1)
        {
            feed.Published += queue.Take;
        }
    }

    private void Unsubscribe(EventSubscriber subscriber)
    {
        subscribers.Remove(subscriber);
        if (subscribers.Count == 0)
        {
            feed.Published -= queue.Take;
        }
    }

    private void Tell(EventReport report)
    {
        byte[] line = ControlLine.Of(new ControlReply { Event = report });
        foreach (EventSubscriber subscriber in subscribers.ToArray()) // one that does not read ends, and takes itself off the list
        {
            subscriber.Tell(line);
        }
    }
}
