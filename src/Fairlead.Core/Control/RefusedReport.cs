namespace Fairlead.Core.Control;

/// <summary>A socket that was found and is not used, because it cannot be trusted.</summary>
internal sealed record RefusedReport
{
    public required string Socket { get; init; }

    public required string Reason { get; init; }
}
