namespace Fairlead.Core.Policy;

/// <summary>Keys that a rule names, by fingerprint: "SHA256:...". A certificate has the fingerprint of its key.</summary>
internal sealed record KeyChoice(IReadOnlyList<string> Fingerprints)
{
    public bool Holds(string fingerprint) => Fingerprints.Contains(fingerprint);

    public bool Equals(KeyChoice? other) => other is not null && Fingerprints.SequenceEqual(other.Fingerprints);

    public override int GetHashCode() => Fingerprints.Aggregate(0, HashCode.Combine);

    public override string ToString() => Fingerprints.Count == 1 ? "1 key" : $"{Fingerprints.Count} keys";
}
