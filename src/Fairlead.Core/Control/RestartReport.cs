namespace Fairlead.Core.Control;

/// <summary>The daemon that took the place of the one that was asked.</summary>
internal sealed record RestartReport
{
    public int Version { get; init; } = 1;

    public required int Pid { get; init; }

    /// <summary>The path of its program, which is that of the daemon before it.</summary>
    public required string Program { get; init; }

    /// <summary>How many answers of the person held, and do not hold for the new daemon.</summary>
    public int? Forgotten { get; init; }
}
