namespace Fairlead.Core.Control;

/// <summary>One login on this host, its terminals and its agent.</summary>
internal sealed record LoginReport
{
    public required int Pid { get; init; }

    public required string User { get; init; }

    /// <summary>The address that it comes from, if it is known.</summary>
    public string? From { get; init; }

    /// <summary>That of its agent; without one, that of its address where another login comes from there, else the address. Absent for neither.</summary>
    public string? Laptop { get; init; }

    public required IReadOnlyList<TerminalReport> Terminals { get; init; }

    /// <summary>The name of its agent; absent when it forwards none.</summary>
    public string? Agent { get; init; }
}

/// <summary>A terminal of a login.</summary>
internal sealed record TerminalReport
{
    /// <summary>Below /dev: "pts/3".</summary>
    public required string Device { get; init; }

    public DateTimeOffset? LastTyped { get; init; }
}
