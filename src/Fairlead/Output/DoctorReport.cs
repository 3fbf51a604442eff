namespace Fairlead.Output;

/// <summary>What <c>fairlead doctor</c> has found, and <c>--json</c> prints.</summary>
internal sealed record DoctorReport
{
    public int Version { get; init; } = 1;

    /// <summary>The worst of all.</summary>
    public required FindingVerdict Verdict { get; init; }

    public required ProgramVersions Programs { get; init; }

    /// <summary>Problems first, then warnings.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public static DoctorReport Of(IEnumerable<Finding> findings, ProgramVersions programs)
    {
        Finding[] sorted = [.. findings.OrderByDescending(finding => finding.Verdict)];
        return new DoctorReport
        {
            Verdict = sorted.Select(finding => finding.Verdict).DefaultIfEmpty().Max(),
            Programs = programs,
            Findings = sorted,
        };
    }
}
