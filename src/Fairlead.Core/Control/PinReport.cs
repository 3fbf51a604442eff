namespace Fairlead.Core.Control;

/// <summary>An agent that is, or was, pinned.</summary>
internal sealed record PinReport
{
    public required string Agent { get; init; }

    public required string Socket { get; init; }
}
