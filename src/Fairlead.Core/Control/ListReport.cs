namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead list</c> shows, and prints as it is with <c>--json</c>.</summary>
internal sealed record ListReport
{
    public int Version { get; init; } = 1;

    public required IReadOnlyList<AgentKeysReport> Agents { get; init; }
}
