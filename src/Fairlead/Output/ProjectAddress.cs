namespace Fairlead.Output;

/// <summary>Where the project is: its pages, and the place for bugs. A build says so with the property RepositoryUrl; one that does not has none.</summary>
/// <param name="Url">Without a slash at its end; null where no address is known, and nothing names one.</param>
internal readonly record struct ProjectAddress(string? Url)
{
    /// <summary>That of this build.</summary>
    public static ProjectAddress Own { get; } = Of(ProgramVersion.Repository);

    /// <summary>As forges have it.</summary>
    public string? Issues => Url is null ? null : $"{Url}/issues";

    /// <summary>The end of fairlead(1) in mdoc; empty where no address is known. A release's pages have the same (packaging/release/contents.sh).</summary>
    public string Manual => Url is null ? "" : $".Sh BUGS\nReport them at\n.Lk {Issues} .\nThe documentation is at\n.Lk {Url} .\n";

    /// <param name="written">The property; empty for none.</param>
    public static ProjectAddress Of(string written) => new(written.TrimEnd('/') is { Length: > 0 } url ? url : null);
}
