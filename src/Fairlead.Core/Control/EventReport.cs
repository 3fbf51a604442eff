namespace Fairlead.Core.Control;

/// <summary>Something that happened, as <c>fairlead events</c> prints it. Who reads these passes over kinds and members that it does not know.</summary>
internal sealed record EventReport
{
    /// <summary>The kind of an event that tells of a request.</summary>
    public const string RequestKind = "request";

    /// <summary>The kind of an event that tells of requests which came too fast to be told of.</summary>
    public const string MissedKind = "missed";

    /// <summary>The reason for an agent beside which there is no other.</summary>
    public const string OnlyReason = "only";

    public int Version { get; init; } = 1;

    /// <summary>"request", or "missed".</summary>
    public required string Event { get; init; }

    /// <summary>When the request began.</summary>
    public required DateTimeOffset Time { get; init; }

    public EventCallerReport? Caller { get; init; }

    /// <summary>"list", "sign", "add", "remove", "lock", "unlock", "query", "extension", "unknown" or "malformed".</summary>
    public string? Request { get; init; }

    /// <summary>
    /// "answered", "no-keys", "refused", "no-such-key", "no-answer", "no-agent", "denied", "malformed", "abandoned", or "held", which another event follows.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>From the request to its answer; absent for one that is held.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>The agent that answered, or was asked last; absent when none was.</summary>
    public string? Agent { get; init; }

    public string? Socket { get; init; }

    /// <summary>Why that one: <see cref="AnswerReport.Reason"/>, or "only" where there was nothing to choose.</summary>
    public string? Reason { get; init; }

    /// <summary>The key that was to sign. Its comment is empty when it was listed before anybody watched.</summary>
    public KeyReport? Key { get; init; }

    /// <summary>How many keys were listed.</summary>
    public int? Keys { get; init; }

    /// <summary>The server that is logged in to, where ssh has said so.</summary>
    public HostReport? Host { get; init; }

    /// <summary>The server that asks, through an ssh of this person that forwards the agent to it.</summary>
    public HostReport? AskedBy { get; init; }

    /// <summary>Of "missed": how many requests.</summary>
    public int? Count { get; init; }
}
