namespace Fairlead.Core.Control;

/// <summary>How a wait for an agent ended; with neither of these its time was over.</summary>
internal sealed record WaitReport
{
    public required bool Answered { get; init; }

    /// <summary>The rule of the configuration that lets nobody answer, in plain words: no waiting helps.</summary>
    public string? Denied { get; init; }
}
