namespace Fairlead.Setup;

/// <summary>What <c>fairlead setup --json</c> prints.</summary>
internal sealed record SetupReport
{
    public int Version { get; init; } = 1;

    /// <summary>Something is not as it was before.</summary>
    public required bool Changed { get; init; }

    /// <summary>All is in place, or away with <c>--undo</c>; false where something is still to do, or failed. The exit code says the same.</summary>
    public required bool Complete { get; init; }

    public required IReadOnlyList<SetupStepReport> Steps { get; init; }

    /// <summary>What a person should know beside it.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<SetupProblemReport> Problems { get; init; }
}

/// <summary>One step of the plan.</summary>
/// <param name="Action">"nothing" where all is as it should be, "write", "remove", "link", "listen", "disable", "stop" or "reload".</param>
/// <param name="Path">The file, the folder of several, or what is asked of systemd.</param>
internal sealed record SetupStepReport(string Action, string Path);

/// <summary>What could not be done.</summary>
internal sealed record SetupProblemReport(string Message, string? Hint);
