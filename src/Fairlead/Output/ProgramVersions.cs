namespace Fairlead.Output;

/// <summary>Which programs take part, as each of them says it; null for one that is not here or does not run.</summary>
internal sealed record ProgramVersions
{
    /// <summary>As <see cref="ProgramVersion.Build"/>.</summary>
    public required string Fairlead { get; init; }

    /// <summary>The same of the one that runs; its version alone where it is too old to say.</summary>
    public string? Daemon { get; init; }

    public string? Kernel { get; init; }

    public string? OpenSsh { get; init; }

    public string? Tmux { get; init; }

    public string? Git { get; init; }
}

/// <summary>What this program was built from. Version.targets writes the constants when it is built.</summary>
internal static partial class ProgramVersion
{
    /// <summary>"1.2.3", or "1.2.3+4" four commits later.</summary>
    public static string Text => SourceVersion;

    /// <summary>The first twelve digits of the commit; null for sources that do not say.</summary>
    public static string? Commit => SourceCommit.Length > 0 ? SourceCommit : null;

    /// <summary>RepositoryUrl; empty where the build names none.</summary>
    public static string Repository => SourceRepository;

    /// <summary>Both in one word, "1.2.3+1a2b3c4d5e6f": two programs of one build have the same. A version as Semantic Versioning has it, with build metadata.</summary>
    public static string Build => Commit is null ? Text : $"{Text}{(Text.Contains('+') ? '.' : '+')}{Commit}";
}
