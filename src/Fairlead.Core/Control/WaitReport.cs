namespace Fairlead.Core.Control;

/// <summary>How a wait for an agent ended; without either of these its time was over.</summary>
internal sealed record WaitReport
{
    public required bool Answered { get; init; }

    /// <summary>The agent that answers here and has no keys, when that is why the wait was not over; absent for any other reason.</summary>
    public string? Empty { get; init; }

    /// <summary>The rule of the configuration that lets nobody answer, in plain words: no waiting helps.</summary>
    public string? Denied { get; init; }
}
