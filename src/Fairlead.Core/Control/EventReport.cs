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

/// <summary>The process that made a request.</summary>
internal sealed record EventCallerReport
{
    /// <summary>0 for a process in another container.</summary>
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    /// <summary>Its terminal, below /dev: "pts/3".</summary>
    public string? Terminal { get; init; }

    /// <summary>What its program is called: "tmux"; "multiplexer" where that is not known.</summary>
    public string? Multiplexer { get; init; }

    /// <summary>As the multiplexer calls it: "%3" in tmux, "2" for a window of screen.</summary>
    public string? Pane { get; init; }

    /// <summary>The host that its command line names, as known_hosts would.</summary>
    public string? Destination { get; init; }
}

/// <summary>A server, by the host key that the caller's session-bind names. The agent checks that the server has proved to hold it; fairlead does not.</summary>
internal sealed record HostReport
{
    /// <summary>"ssh-ed25519", as the key itself names it.</summary>
    public required string Type { get; init; }

    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Its name in known_hosts; absent when it is not there, or only as a hash of a name that nobody has typed.</summary>
    public string? Name { get; init; }
}
