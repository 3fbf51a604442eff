namespace Fairlead.Core.Control;

/// <summary>One line back: the report that was asked for, or what went wrong; neither after a verb that has nothing to say.</summary>
internal sealed record ControlReply
{
    /// <summary>The error of a daemon that is older than the command.</summary>
    public const string UnknownRequest = "the daemon is of another version, which does not know this request";

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

    public string? Error { get; init; }
}
