namespace Fairlead.Core.Control;

/// <summary>
/// Something that happened, as <c>fairlead events</c> prints it. Readers must ignore kinds and members that they do not know.
/// </summary>
internal sealed record EventReport
{
    /// <summary>The kind of an event for one request.</summary>
    public const string RequestKind = "request";

    /// <summary>The kind of an event for a number of requests that came too fast to report one by one.</summary>
    public const string MissedKind = "missed";

    /// <summary>The reason for an agent that is the only one.</summary>
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
    /// "answered", "no-keys", "refused", "no-such-key", "no-answer", "no-agent", "denied", "not-shown", "refused-by-you", "nobody-to-ask",
    /// "not-answered", "too-many-questions", "interrupted", "malformed", "abandoned"; or "held" or "asked", after which another event
    /// follows.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>From the request to its answer; absent for a held request.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>The agent that answered, or the final one that was asked; absent if none was asked.</summary>
    public string? Agent { get; init; }

    public string? Socket { get; init; }

    /// <summary>Why that one: <see cref="AnswerReport.Reason"/>, or "only" if there was nothing to choose.</summary>
    public string? Reason { get; init; }

    /// <summary>The key for the signature. Its comment is empty if it was listed before anybody watched.</summary>
    public KeyReport? Key { get; init; }

    /// <summary>How many keys were listed.</summary>
    public int? Keys { get; init; }

    /// <summary>The server that the caller logs in to, if ssh has said so.</summary>
    public HostReport? Host { get; init; }

    /// <summary>What is to be signed.</summary>
    public SignatureReport? Signature { get; init; }

    /// <summary>The line of the rule by which fairlead asked no agent, or asks the person.</summary>
    public int? Rule { get; init; }

    /// <summary>What came of asking the person; absent if nobody was asked.</summary>
    public VerdictReport? Verdict { get; init; }

    /// <summary>The server that asks, through an ssh of this person that forwards the agent to it.</summary>
    public HostReport? AskedBy { get; init; }

    /// <summary>Of "missed": how many requests.</summary>
    public int? Count { get; init; }
}

/// <summary>What a signature is for. It has neither: what is to be signed is not known to fairlead.</summary>
internal sealed record SignatureReport
{
    /// <summary>Of a login: the user name on the server.</summary>
    public string? User { get; init; }

    /// <summary>Of any other signature: "git", "file" or another namespace of ssh-keygen -Y sign.</summary>
    public string? Namespace { get; init; }
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

    /// <summary>The name of its program: "tmux"; "multiplexer" if that is not known.</summary>
    public string? Multiplexer { get; init; }

    /// <summary>As the multiplexer calls it: "%3" in tmux, "2" for a window of screen.</summary>
    public string? Pane { get; init; }

    /// <summary>The programs above it, the nearest first; absent when there are none.</summary>
    public IReadOnlyList<string>? Above { get; init; }

    /// <summary>Its working directory; absent when it cannot be seen.</summary>
    public string? Folder { get; init; }

    /// <summary>The host that its command line names, as known_hosts would.</summary>
    public string? Destination { get; init; }
}

/// <summary>
/// A server, by the host key that the caller's session-bind or signature names.
/// </summary>
internal sealed record HostReport
{
    /// <summary>"ssh-ed25519", as the key itself names it.</summary>
    public required string Type { get; init; }

    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>
    /// The server with this key has signed the session, and a signature is for that session. Otherwise it is only what the caller says.
    /// </summary>
    public bool Proven { get; init; }

    /// <summary>
    /// Its name in known_hosts; absent if it is not proven, if it is not there, or only as a hash of a name that nobody typed.
    /// </summary>
    public string? Name { get; init; }
}
