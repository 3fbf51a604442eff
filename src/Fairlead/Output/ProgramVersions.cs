namespace Fairlead.Output;

/// <summary>Which programs take part, as each of them says it; null for one that is not here or does not run.</summary>
internal sealed record ProgramVersions
{
    public required string Fairlead { get; init; }

    public string? Daemon { get; init; }

    public string? Kernel { get; init; }

    public string? OpenSsh { get; init; }

    public string? Tmux { get; init; }

    public string? Git { get; init; }
}

/// <summary>The version that fairlead was built as.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3) ?? "unknown";
}
