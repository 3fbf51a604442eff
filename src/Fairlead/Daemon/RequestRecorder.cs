using Fairlead.Core.Control;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Planning;
using Fairlead.Core.Watching;
using Fairlead.Handlers;
using Fairlead.Records;
using Fairlead.Settings;
using Fairlead.Ssh;

namespace Fairlead.Daemon;

/// <summary>
/// Writes down what was signed, changed and refused, where <c>[log] to</c> says so. No request waits for it, and one that cannot be written
/// is lost. Belongs to the loop.
/// </summary>
internal sealed class RequestRecorder
{
    /// <summary>Requests that are not written yet; of those beyond it only the number is recorded.</summary>
    private const int Capacity = 4096;

    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    private readonly BlockingWorker worker;
    private readonly RequestFeed feed;
    private readonly EventQueue queue;
    private readonly List<EventReport> pending = [];
    private bool isWriting;
    private RecordTarget? target;

    public RequestRecorder(BlockingWorker worker, RequestFeed feed, RoutePlanner planner)
    {
        this.worker = worker;
        this.feed = feed;
        queue = new EventQueue(worker.Loop, planner, Capacity, Take);
    }

    /// <summary>Null for nowhere: then no request is looked at.</summary>
    public RecordTarget? Target
    {
        get => target;
        set
        {
            if (target is null != value is null)
            {
                feed.Published = value is null ? feed.Published - queue.Take : feed.Published + queue.Take;
            }

            target = value;
            (Trouble, Lost) = (0, 0);
        }
    }

    /// <summary>Minus errno of the latest record that could not be written; zero if all could.</summary>
    public int Trouble { get; private set; }

    /// <summary>How many records could not be written since the target was set.</summary>
    public int Lost { get; private set; }

    /// <summary>Lists of keys say little, and there are many.</summary>
    private static bool IsWorthIt(EventReport report) =>
        report.Event == EventReport.MissedKind
        || (!GoesOn(report) && (report.Request is not ("list" or "query") || report.Outcome == RequestOutcome.Denied.Word()));

    /// <summary>Another event says how it ends.</summary>
    private static bool GoesOn(EventReport report) => report.Outcome == RequestOutcome.Held.Word() || report.Outcome == RequestOutcome.Asked.Word();

    private void Take(EventReport report)
    {
        if (target is null || !IsWorthIt(report))
        {
            return;
        }

        if (pending.Count >= Capacity)
        {
            NoteLost(-Errno.EAGAIN, 1);
            return;
        }

        pending.Add(report);
        if (!isWriting)
        {
            worker.Loop.Observe(WriteAsync());
        }
    }

    private async Task WriteAsync()
    {
        isWriting = true;
        try
        {
            while (pending.Count > 0 && target is RecordTarget now)
            {
                EventReport[] records = [.. pending];
                pending.Clear();
                (bool isDone, int result) = await worker.RunAsync(() => (true, Write(now, records)), WriteTimeout);
                NoteLost(isDone ? result : -Errno.ETIMEDOUT, records.Length);
            }
        }
        finally
        {
            isWriting = false;
        }
    }

    private void NoteLost(int result, int count)
    {
        if (result < 0)
        {
            Trouble = result;
            Lost += count;
        }
    }

    /// <summary>With the names of the servers, as they are now.</summary>
    private static int Write(RecordTarget target, EventReport[] records)
    {
        var hosts = new HostNames(Surroundings.Read());
        return target.Write([.. records.Select(hosts.Complete)]);
    }
}
