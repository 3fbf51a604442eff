namespace Fairlead.Core.Control;

/// <summary>One line back: the requested report, or an error; neither for a verb that has nothing to say.</summary>
internal sealed record ControlReply
{
    /// <summary>The error of a daemon that is older than the command.</summary>
    public const string UnknownRequest = "the daemon is of another version, which does not know this request";

    /// <summary>The error for a client in a container or a sandbox.</summary>
    public const string Sandboxed = "this shell is in a container or a sandbox, from where the daemon outside can only be asked";

    /// <summary>
    /// Part of the error of a restart that failed although the program on disk runs, because it is another build: between the words and the
    /// two names.
    /// </summary>
    public const string GoesOn = " goes on serving, for the program on disk is ";

    /// <summary>The error of a daemon that answers as many commands as it can.</summary>
    public const string TooMany = "too many commands ask the daemon at this moment";

    public StatusReport? Status { get; init; }

    public ListReport? List { get; init; }

    public WhyReport? Why { get; init; }

    public EnvironmentReport? Environment { get; init; }

    /// <summary>The agent that is pinned from now on, or was until now.</summary>
    public PinReport? Pin { get; init; }

    public WaitReport? Wait { get; init; }

    public RegistrationReport? Registration { get; init; }

    /// <summary>The daemon that serves from now on.</summary>
    public RestartReport? Restart { get; init; }

    public EventReport? Event { get; init; }

    /// <summary>A question that waits for an answer.</summary>
    public QuestionReport? Question { get; init; }

    /// <summary>How a question ended.</summary>
    public VerdictReport? Verdict { get; init; }

    public ForgottenReport? Forgotten { get; init; }

    public string? Error { get; init; }
}
