using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Relay;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;

namespace Fairlead.Handlers;

/// <summary>Tells <c>fairlead events</c> and <c>fairlead watch</c> of the requests as they pass. Belongs to the loop.</summary>
internal sealed class EventsHandler(EventLoop loop, RequestFeed feed, RoutePlanner planner) : IControlHandler
{
    /// <summary>Requests that have passed and are not described yet; of those beyond it only the number is told.</summary>
    public const int Capacity = 256;

    private readonly List<EventSubscriber> subscribers = [];
    private readonly Queue<RequestRecord> passed = new();
    private int missed;
    private bool isDescribing;

    /// <summary>Who watches at this moment.</summary>
    public int Subscribers => subscribers.Count;

    public ControlVerb Verb => ControlVerb.Events;

    /// <summary>Until the client hangs up, or does not read for too long.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        var subscriber = new EventSubscriber(client);
        subscriber.Tell(ControlLine.Of(new ControlReply()));
        subscribers.Add(subscriber);
        feed.Published = Take;
        try
        {
            await subscriber.ServeAsync();
        }
        finally
        {
            subscribers.Remove(subscriber);
            feed.Published = subscribers.Count > 0 ? Take : null;
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

    private void Take(RequestRecord record)
    {
        if (passed.Count == Capacity)
        {
            missed++;
            return;
        }

        passed.Enqueue(record);
        if (!isDescribing)
        {
            loop.Observe(DescribeAsync());
        }
    }

    /// <summary>The logins are read once for all that have passed meanwhile.</summary>
    private async Task DescribeAsync()
    {
        isDescribing = true;
        try
        {
            while (passed.Count > 0)
            {
                IReadOnlyList<AgentFacts> known = (await planner.SurveyAsync()).Agents;
                while (passed.TryDequeue(out RequestRecord? record))
                {
                    Tell(EventReports.Of(record, known));
                }

                if (missed > 0)
                {
                    Tell(EventReports.Missed(missed, loop.Time.GetUtcNow()));
                    missed = 0;
                }
            }
        }
        finally
        {
            isDescribing = false;
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
