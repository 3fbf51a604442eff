namespace Fairlead.Core.Control;

/// <summary>A socket that fairlead found and does not use, because it cannot trust it.</summary>
internal sealed record RefusedReport
{
    public required string Socket { get; init; }

    /// <summary>Why, in plain words.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The name of the refusal, for a command that acts on it. Absent unless <see cref="ControlRequest.WithCodes"/> asks for it:
    /// <c>--json</c> prints this record unchanged, and promises no code.
    /// </summary>
    public string? Code { get; init; }
}
