namespace Fairlead.Core.Control;

/// <summary>One variable of a login.</summary>
internal sealed record VariableReport
{
    public required string Name { get; init; }

    /// <summary>Absent when the login does not have it: then a shell should not have it, either.</summary>
    public string? Value { get; init; }
}
