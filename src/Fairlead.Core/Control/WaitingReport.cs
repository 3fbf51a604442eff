namespace Fairlead.Core.Control;

/// <summary>A process that waits for an agent: a request that is held, or a <c>fairlead wait</c>.</summary>
internal sealed record WaitingReport
{
    /// <summary>0 for a process in another container.</summary>
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it goes on without one; absent when it never does.</summary>
    public DateTimeOffset? Until { get; init; }
}
