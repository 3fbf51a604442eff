using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;

namespace Fairlead.Handlers;

/// <summary>Requests that have passed, until they are described: the agents' names are read for all at once. Belongs to the loop.</summary>
/// <param name="capacity">Of requests beyond it only the number is told.</param>
/// <param name="tell">Called for each, in order.</param>
internal sealed class EventQueue(EventLoop loop, RoutePlanner planner, int capacity, Action<EventReport> tell)
{
    private readonly Queue<RequestRecord> passed = new();
    private int missed;
    private bool isDescribing;

    public void Take(RequestRecord record)
    {
        if (passed.Count == capacity)
        {
            missed++;
        }
        else
        {
            passed.Enqueue(record);
        }

        // Also when there is no room: what is there may be left from a description that failed.
        if (!isDescribing)
        {
            loop.Observe(DescribeAsync());
        }
    }

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
                    tell(EventReports.Of(record, known));
                }

                if (missed > 0)
                {
                    tell(EventReports.Missed(missed, loop.Time.GetUtcNow()));
                    missed = 0;
                }
            }
        }
        finally
        {
            isDescribing = false;
        }
    }
}
