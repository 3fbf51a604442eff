namespace Fairlead.Core.Control;

/// <summary>One place in a route.</summary>
internal sealed record RouteStepReport
{
    public required string Agent { get; init; }

    public required string Socket { get; init; }

    public required string Reason { get; init; }

    public required string Explanation { get; init; }

    /// <summary>"live", "busy", "stalled", "dead", or "unknown" as long as nobody has connected to it.</summary>
    public required string State { get; init; }

    /// <summary>The caller came from a machine of its own, and this agent is not there.</summary>
    public required bool FromElsewhere { get; init; }
}
