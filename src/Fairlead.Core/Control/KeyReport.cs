namespace Fairlead.Core.Control;

/// <summary>One public key of an agent.</summary>
internal sealed record KeyReport
{
    /// <summary>"ssh-ed25519", as the key itself names it.</summary>
    public required string Type { get; init; }

    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public required string Fingerprint { get; init; }

    public required string Comment { get; init; }
}
