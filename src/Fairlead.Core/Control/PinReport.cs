namespace Fairlead.Core.Control;

/// <summary>An agent that is, or was, pinned: what <c>fairlead pin</c> and <c>fairlead unpin</c> print with <c>--json</c>.</summary>
internal sealed record PinReport
{
    public int Version { get; init; } = 1;

    /// <summary>Absent when nothing was pinned.</summary>
    public string? Agent { get; init; }

    public string? Socket { get; init; }
}
