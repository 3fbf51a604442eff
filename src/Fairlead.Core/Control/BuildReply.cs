namespace Fairlead.Core.Control;

/// <summary>The part of a reply to <see cref="ControlVerb.Status"/> that a command understands from any version.</summary>
internal sealed record BuildReply
{
    public BuildStatus? Status { get; init; }
}

/// <summary>As in <see cref="StatusReport"/>.</summary>
internal sealed record BuildStatus
{
    public string? DaemonVersion { get; init; }

    public string? Build { get; init; }
}
