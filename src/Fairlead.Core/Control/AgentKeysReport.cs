namespace Fairlead.Core.Control;

/// <summary>The keys of one agent.</summary>
internal sealed record AgentKeysReport
{
    public required string Agent { get; init; }

    /// <summary>False when it did not answer in time: then it may hold keys all the same.</summary>
    public required bool Answered { get; init; }

    public required IReadOnlyList<KeyReport> Keys { get; init; }
}
