namespace Fairlead.Core.Control;

/// <summary>Whether the daemon can use the agent that a login registers.</summary>
internal sealed record RegistrationReport
{
    public required bool Usable { get; init; }

    /// <summary>Why not, in plain words; absent when it can.</summary>
    public string? Reason { get; init; }
}
