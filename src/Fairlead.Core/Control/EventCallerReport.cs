namespace Fairlead.Core.Control;

/// <summary>The process that made a request.</summary>
internal sealed record EventCallerReport
{
    /// <summary>0 for a process in another container.</summary>
    public required int Pid { get; init; }

    /// <summary>As the process names itself; absent when it cannot be seen.</summary>
    public string? Command { get; init; }

    /// <summary>Its terminal, below /dev: "pts/3".</summary>
    public string? Terminal { get; init; }

    /// <summary>"tmux", "screen" or "multiplexer".</summary>
    public string? Multiplexer { get; init; }

    /// <summary>As the multiplexer calls it: "%3" in tmux, "2" for a window of screen.</summary>
    public string? Pane { get; init; }

    /// <summary>The host that its command line names, as known_hosts would.</summary>
    public string? Destination { get; init; }
}
