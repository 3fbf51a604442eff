namespace Fairlead.Core.Control;

/// <summary>What <c>fairlead list</c> shows, and prints unchanged with <c>--json</c>.</summary>
internal sealed record ListReport
{
    public int Version { get; init; } = 1;

    public required IReadOnlyList<AgentKeysReport> Agents { get; init; }
}

/// <summary>The keys of one agent.</summary>
internal sealed record AgentKeysReport
{
    public required string Agent { get; init; }

    /// <summary>As <see cref="AgentReport.Laptop"/>.</summary>
    public string? Laptop { get; init; }

    /// <summary>False when it did not answer in time: then it may hold keys all the same.</summary>
    public required bool Answered { get; init; }

    public required IReadOnlyList<KeyReport> Keys { get; init; }
}

/// <summary>One public key of an agent.</summary>
internal sealed record KeyReport
{
    /// <summary>"ssh-ed25519", as the key itself names it.</summary>
    public required string Type { get; init; }

    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public required string Fingerprint { get; init; }

    public required string Comment { get; init; }
}
