using Fairlead.Client;
using Fairlead.Core.Control;
using Fairlead.Core.Linux.Loop;
using Fairlead.Output;
using Fairlead.Ssh;

namespace Fairlead.Live;

/// <summary>What <c>fairlead watch</c> hears and asks. It outlives the daemon: the next one is found by asking for it again.</summary>
internal sealed class WatchSession : IDisposable
{
    /// <summary>Between two attempts to find the next daemon.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private readonly HostNames hosts;
    private CommandContext context;
    private ControlClient? events;
    private ControlClient? questions;
    private Failure? failure;

    private WatchSession(CommandContext context, ControlClient events)
    {
        hosts = new HostNames(context.Around);
        this.context = context;
        this.events = events;
    }

    public bool IsConnected => events is not null;

    /// <summary>Events have come since the most recent question, so the daemon is at work, whatever became of that.</summary>
    public bool HasHeard { get; private set; }

    public static (WatchSession? Session, Failure? Failure) Begin(CommandContext context)
    {
        (ControlClient? client, Failure? failure) = EventStream.Open(context);
        return client is null ? (null, failure) : (new WatchSession(context, client), null);
    }

    /// <summary>After the daemon has ended: whether another one is there now. None is started, because a person may have ended it on purpose.</summary>
    public bool TryReconnect()
    {
        if (events is null)
        {
            context = context.ReadAgain();
            (events, failure) = EventStream.Open(context, mayStart: false);
        }

        return IsConnected;
    }

    /// <summary>Waits for a key, an event or the end of the time. An event that came together with what was read before is there already.</summary>
    /// <param name="keys">Where keys come from; -1 for nowhere.</param>
    public (bool HasKey, bool HasEvent) Wait(WakeUp wake, int keys, TimeSpan limit)
    {
        bool isHere = events?.HasMore == true;
        (bool hasKey, bool hasEvent) = wake.Wait(keys, events?.Descriptor ?? -1, isHere ? TimeSpan.Zero : limit);
        return (hasKey, hasEvent || isHere);
    }

    /// <summary>What has come; waits for the first of it.</summary>
    public IReadOnlyList<EventReport> Hear()
    {
        var heard = new List<EventReport>();
        do
        {
            if (events?.TryHear(out ControlReply? reply) != ControlOutcome.Answered)
            {
                Disconnect();
                break;
            }

            if (reply!.Event is { } report)
            {
                HasHeard = true;
                heard.Add(hosts.Complete(report));
            }
        }
        while (events.HasMore);
        return heard;
    }

    /// <summary>Who is there now, without asking any agent.</summary>
    public DaemonAnswer Ask()
    {
        HasHeard = false;

        // One connection for all: at the end of each the daemon looks around. It may have ended meanwhile.
        bool isUsed = questions is not null;
        DaemonAnswer answer = AskOnce(out bool hasEnded);
        return isUsed && hasEnded ? AskOnce(out _) : answer;
    }

    public void Dispose() => Disconnect();

    private DaemonAnswer AskOnce(out bool hasEnded)
    {
        hasEnded = false;
        if (IsConnected && questions is null)
        {
            (questions, failure) = context.Connect(mayStart: false);
        }

        if (questions is null)
        {
            return new DaemonAnswer(ControlOutcome.NotReachable, null, failure);
        }

        questions.Expect(AnswerTimeout);
        ControlOutcome outcome = questions.TryAsk(new ControlRequest { Verb = ControlVerb.Status, Quiet = true }, out ControlReply? reply);
        if (outcome == ControlOutcome.Answered && reply!.Error is null)
        {
            return new DaemonAnswer(outcome, reply, null);
        }

        hasEnded = questions.HasEnded;
        failure = reply?.Error is { } error ? DaemonFailure.Of(error) : DaemonFailure.Of(outcome, context.LocationDespiteMistake!.State, questions.DaemonPid);
        questions.Dispose();
        questions = null;
        return new DaemonAnswer(outcome, null, failure);
    }

    private void Disconnect()
    {
        events?.Dispose();
        questions?.Dispose();
        events = questions = null;
    }
}
