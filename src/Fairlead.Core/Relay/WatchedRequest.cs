using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>One request while somebody watches: notes whom it is put to, and tells how it went.</summary>
internal sealed class WatchedRequest
{
    private readonly RequestFeed feed;
    private readonly RequestHandler handler;
    private readonly ConversationNotes notes;
    private readonly RequestKind kind;
    private readonly string name;
    private readonly byte[]? keyBlob;
    private readonly DateTimeOffset began;
    private readonly long started;
    private readonly List<Attempt> attempts = [];

    public WatchedRequest(RequestFeed feed, RequestHandler handler, ConversationNotes notes, Frame request)
    {
        this.feed = feed;
        this.handler = handler;
        this.notes = notes;
        kind = Request.KindOf(request.Message);
        name = RequestName.Of(request, kind);
        keyBlob = SignRequest.TryRead(request.Message, out SignRequest sign) ? sign.KeyBlob.ToArray() : null;
        began = feed.Loop.Time.GetUtcNow();
        started = feed.Loop.Time.GetTimestamp();
    }

    private BindLog Binds => handler.Preamble.Binds;

    /// <summary>It was put to an agent.</summary>
    public void Note(Attempt attempt) => attempts.Add(attempt);

    /// <summary>It waits for an agent from now on; null when it is not to wait.</summary>
    public void NoteHold(Waiter? waiter)
    {
        if (waiter is not null)
        {
            Publish(RequestOutcome.Held, step: null, keys: null, took: null);
        }
    }

    /// <param name="wasSent">The caller was still there to take the answer.</param>
    public void End(Frame answer, bool wasSent)
    {
        handler.Preamble.Watched = null;
        int? keys = null;
        if (kind == RequestKind.List && IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer list))
        {
            keys = list.Count;
            notes.NoteKeys(list);
        }

        Publish(Judge(answer, keys, wasSent), Answering(), keys, feed.Loop.Time.GetElapsedTime(started));
    }

    /// <summary>A list comes from the agent that the conversation has turned to; anything else from the one that was asked for it last.</summary>
    private RouteStep? Answering()
    {
        RouteStep? last = attempts.FindLast(attempt => attempt.Kind == kind).Step;
        return kind == RequestKind.List ? handler.AnsweredBy ?? last : last;
    }

    private RequestOutcome Judge(Frame answer, int? keys, bool wasSent)
    {
        if (answer.Type is not (AgentMessageType.SSH_AGENT_FAILURE or AgentMessageType.SSH_AGENT_EXTENSION_FAILURE))
        {
            return keys == 0 ? RequestOutcome.NoKeys : RequestOutcome.Answered;
        }

        if (!wasSent)
        {
            return RequestOutcome.Abandoned;
        }

        if (kind == RequestKind.Malformed)
        {
            return RequestOutcome.Malformed;
        }

        if (attempts.Count == 0)
        {
            return IsDenied ? RequestOutcome.Denied : RequestOutcome.NoAgent;
        }

        Attempt last = attempts.FindLast(attempt => attempt.Kind == kind);
        bool isOurs = answer.Bytes.Equals(AgentFrame.Failure);
        return kind == RequestKind.Sign && isOurs && (last.IsRefusal || last.Step is null) ? RequestOutcome.NoSuchKey
            : last.IsRefusal ? RequestOutcome.Refused
            : RequestOutcome.NoAnswer;
    }

    private bool IsDenied => kind == RequestKind.Change
        ? Binds.IsForwarded && !feed.Options.AllowsForwardedChanges
        : handler.DeniedBy is not null;

    private void Publish(RequestOutcome outcome, RouteStep? step, int? keys, TimeSpan? took)
    {
        (byte[]? host, byte[]? asking) = Hosts();
        feed.Loop.Observe(PublishAsync(feed.Published, new RequestRecord(new CallerSketch(0), name, outcome, began)
        {
            Took = took,
            Step = step,
            KeyBlob = keyBlob,
            KeyComment = keyBlob is null ? null : notes.CommentOf(keyBlob),
            Keys = keys,
            HostKey = host,
            AskingHostKey = asking,
        }));
    }

    /// <param name="published">Who watches at this moment.</param>
    private async Task PublishAsync(Action<RequestRecord>? published, RequestRecord record)
    {
        CallerSketch caller = await notes.Caller;

        // Several requests may wait for one task, and not all of them go on in the loop's thread.
        feed.Loop.Post(() => published?.Invoke(record with { Caller = caller }));
    }

    /// <summary>The last bind names the server that is logged in to, unless it says that the server asks itself.</summary>
    private (byte[]? Host, byte[]? Asking) Hosts()
    {
        byte[]? host = null;
        byte[]? asking = null;
        for (int i = 0; i < Binds.Count; i++)
        {
            if (SessionBind.TryRead(Binds[i].Span[AgentFrame.HeaderLength..], out SessionBind bind))
            {
                host = bind.IsForwarding ? null : bind.HostKey.ToArray();
                asking = bind.IsForwarding ? bind.HostKey.ToArray() : asking;
            }
        }

        return (host, asking);
    }
}
