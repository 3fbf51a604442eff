using Fairlead.Client;
using Fairlead.Core.Control;
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

    private WatchSession(CommandContext context, ControlClient events)
    {
        hosts = new HostNames(() => KnownHosts.Read(context.Around));
        this.context = context;
        this.events = events;
    }

    /// <summary>What to wait on for the next event; -1 while there is no daemon.</summary>
    public int Descriptor => events?.Descriptor ?? -1;

    public bool IsConnected => events is not null;

    public static (WatchSession? Session, Failure? Failure) Begin()
    {
        var context = CommandContext.Read();
        (ControlClient? client, Failure? failure) = EventStream.Open(context);
        return client is null ? (null, failure) : (new WatchSession(context, client), null);
    }

    /// <summary>Where the daemon has ended: whether another one is there now. None is started; whoever has ended it may have meant it.</summary>
    public bool TryReconnect()
    {
        if (events is null)
        {
            context = context.ReadAgain();
            events = EventStream.Open(context, mayStart: false).Client;
        }

        return IsConnected;
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
                heard.Add(hosts.Complete(report));
            }
        }
        while (events.HasMore);
        return heard;
    }

    /// <summary>Who is there now, without asking any agent; null when the daemon is not.</summary>
    public StatusReport? Ask()
    {
        // One connection for all: the daemon takes the end of one for a sign of a new login, and looks around.
        questions ??= IsConnected ? context.Connect(mayStart: false).Client : null;
        questions?.Expect(AnswerTimeout);
        ControlReply? reply = null;
        if (questions?.TryAsk(new ControlRequest { Verb = ControlVerb.Status, Quiet = true }, out reply) != ControlOutcome.Answered)
        {
            questions?.Dispose();
            questions = null;
        }

        return reply?.Status;
    }

    public void Dispose() => Disconnect();

    private void Disconnect()
    {
        events?.Dispose();
        questions?.Dispose();
        events = questions = null;
    }
}
