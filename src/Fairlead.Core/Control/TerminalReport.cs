namespace Fairlead.Core.Control;

/// <summary>A terminal of a login.</summary>
internal sealed record TerminalReport
{
    /// <summary>Below /dev: "pts/3".</summary>
    public required string Device { get; init; }

    public DateTimeOffset? LastTyped { get; init; }
}
