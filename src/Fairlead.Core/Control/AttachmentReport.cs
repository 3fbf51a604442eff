namespace Fairlead.Core.Control;

/// <summary>One terminal that shows the caller's multiplexer session.</summary>
internal sealed record AttachmentReport
{
    /// <summary>Below /dev: "pts/3".</summary>
    public required string Terminal { get; init; }

    /// <summary>The address that the login there comes from, where it is known.</summary>
    public string? From { get; init; }

    public int? LoginPid { get; init; }

    public DateTimeOffset? LastTyped { get; init; }

    /// <summary>The caller's window is in view there.</summary>
    public required bool ShowsWindow { get; init; }

    public required bool ReadOnly { get; init; }
}
