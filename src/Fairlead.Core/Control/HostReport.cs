namespace Fairlead.Core.Control;

/// <summary>A server, by the host key that the caller's session-bind names. The agent checks that the server has proved to hold it; fairlead does not.</summary>
internal sealed record HostReport
{
    /// <summary>"ssh-ed25519", as the key itself names it.</summary>
    public required string Type { get; init; }

    /// <summary>"SHA256:..." as ssh-keygen -l prints it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Its name in known_hosts; absent when it is not there, or only as a hash of a name that nobody has typed.</summary>
    public string? Name { get; init; }
}
