namespace Fairlead.Core.Control;

/// <summary>An old path of an agent that is gone, at which fairlead listens because a program still names it.</summary>
internal sealed record HealedReport
{
    public required string Socket { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>A process whose environment names it, the longest there; it may have ended since it was looked at.</summary>
    public int? NamedBy { get; init; }
}
