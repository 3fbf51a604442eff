using Fairlead.Core.Asking;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Watching;

/// <summary>One watched request: notes which agents are asked, and reports how it went.</summary>
internal sealed class WatchedRequest
{
    private readonly RequestFeed feed;
    private readonly ConversationNotes notes;
    private readonly RequestKind kind;
    private readonly string name;
    private readonly byte[]? keyBlob;
    private readonly RuleSignature? signature;
    private readonly (BoundHost? Server, BoundHost? Asking) hosts;
    private readonly DateTimeOffset began;
    private readonly long started;
    private readonly List<Attempt> attempts = [];
    private Ruling? ruling;

    public WatchedRequest(RequestFeed feed, ConversationNotes notes, Frame request, (BoundHost? Server, BoundHost? Asking) hosts)
    {
        this.feed = feed;
        this.notes = notes;
        this.hosts = hosts;
        kind = Request.KindOf(request.Message);
        name = RequestName.Of(request, kind);
        if (SignRequest.TryRead(request.Message, out SignRequest sign))
        {
            (keyBlob, signature) = (sign.KeyBlob.ToArray(), SignaturePurpose.Of(sign));
        }

        began = feed.Loop.Time.GetUtcNow();
        started = feed.Loop.Time.GetTimestamp();
    }

    /// <summary>The rule by which the person is asked; null if there is none.</summary>
    public PolicyRule? AskingRule { get; set; }

    /// <summary>An agent was asked.</summary>
    public void Note(Attempt attempt) => attempts.Add(attempt);

    /// <summary>It waits for an agent from now on.</summary>
    public void NoteHeld() => Publish(RequestOutcome.Held, step: null, keys: null, took: null);

    /// <summary>The person is asked about it from now on.</summary>
    public void NoteAsked() => Publish(RequestOutcome.Asked, step: null, keys: null, took: null);

    /// <summary>What came of asking the person.</summary>
    public void NoteRuling(Ruling given) => ruling = given;

    /// <param name="wasSent">The caller was still there to receive the answer.</param>
    /// <param name="listedBy">The agent that the conversation uses; null if there is none.</param>
    /// <param name="objection">A rule, or a limit on what another host may do, kept all agents from being asked; null if nothing did.</param>
    public void End(Frame answer, bool wasSent, RouteStep? listedBy, Objection? objection)
    {
        int? keys = null;
        if (kind == RequestKind.List && IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer list))
        {
            keys = list.Count;
            notes.Comments.Note(list);
        }

        RouteStep? last = attempts.FindLast(attempt => attempt.Kind == kind).Step;
        RouteStep? answering = kind == RequestKind.List ? listedBy ?? last : last; // anything else comes from the agent asked most recently
        Publish(Judge(answer, keys, wasSent, objection?.Outcome), answering, keys, feed.Loop.Time.GetElapsedTime(started), objection?.Rule);
    }

    private RequestOutcome Judge(Frame answer, int? keys, bool wasSent, RequestOutcome? objection)
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
            return objection ?? RequestOutcome.NoAgent;
        }

        Attempt last = attempts.FindLast(attempt => attempt.Kind == kind);
        bool isOurs = answer.Bytes.Equals(AgentFrame.Failure);
        return kind == RequestKind.Sign && isOurs && (last.IsRefusal || last.Step is null) ? RequestOutcome.NoSuchKey
            : last.IsRefusal ? RequestOutcome.Refused
            : RequestOutcome.NoAnswer;
    }

    private void Publish(RequestOutcome outcome, RouteStep? step, int? keys, TimeSpan? took, PolicyRule? objecting = null)
    {
        feed.Loop.Observe(PublishAsync(feed.Published, new RequestRecord(new CallerSketch(0), name, outcome, began)
        {
            Took = took,
            Step = step,
            KeyBlob = keyBlob,
            KeyComment = keyBlob is null ? null : notes.Comments.Of(keyBlob),
            Keys = keys,
            Host = hosts.Server,
            AskedBy = hosts.Asking,
            Signature = signature,
            Rule = objecting ?? AskingRule,
            Ruling = ruling,
        }));
    }

    /// <param name="published">The watchers at this moment.</param>
    private async Task PublishAsync(Action<RequestRecord>? published, RequestRecord record)
    {
        CallerSketch caller = await notes.Caller;

        // Several requests may wait for one task, and not all of them continue in the loop's thread.
        feed.Loop.Post(() => published?.Invoke(record with { Caller = caller }));
    }
}

/// <summary>A question to an agent, and its result.</summary>
/// <param name="Answer">Null when none came.</param>
internal readonly record struct Attempt(RouteStep Step, RequestKind Kind, AgentMessageType? Answer)
{
    public bool IsRefusal => Answer is AgentMessageType.SSH_AGENT_FAILURE or AgentMessageType.SSH_AGENT_EXTENSION_FAILURE;
}
