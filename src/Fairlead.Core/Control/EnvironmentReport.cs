namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead env --json</c> prints: the variables of the login whose terminal the person sits at.</summary>
internal sealed record EnvironmentReport
{
    public int Version { get; init; } = 1;

    /// <summary>The login's session process.</summary>
    public required int LoginPid { get; init; }

    /// <summary>The address that it comes from, if it is known.</summary>
    public string? From { get; init; }

    /// <summary>Below /dev: "pts/3"; absent for a login without.</summary>
    public string? Terminal { get; init; }

    /// <summary>In the order of the configuration.</summary>
    public required IReadOnlyList<VariableReport> Variables { get; init; }
}

/// <summary>One variable of a login.</summary>
internal sealed record VariableReport
{
    public required string Name { get; init; }

    /// <summary>Absent when the login does not have it: then a shell should not have it either.</summary>
    public string? Value { get; init; }
}
