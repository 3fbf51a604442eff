namespace Fairlead.Doctor;

/// <summary>The ssh key that git signs with.</summary>
/// <param name="Key">As the configuration of git names it: a path, or the type of a key that is written there.</param>
/// <param name="Fingerprint">"SHA256:..."; null when no public key could be read.</param>
/// <param name="IsOnDisk">The private key is a file here, so that no agent is needed.</param>
internal sealed record SigningFacts(string Key, string? Fingerprint, bool IsOnDisk);
