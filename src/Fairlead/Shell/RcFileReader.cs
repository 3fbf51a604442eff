using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>Reads the rc files of a shell.</summary>
internal static class RcFileReader
{
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    /// <returns>As <see cref="ShellKind.RcFiles"/> names them.</returns>
    public static IReadOnlyList<RcFile> Read(ShellKind shell, string home, Func<string, string?> variable) =>
        [.. shell.RcFiles(RcPaths.Of(home, variable)).Select(path => Read(path, home))];

    private static RcFile Read(string path, string home)
    {
        string? text = TextFile.Read(path);
        return new RcFile(TypedPath.Of(path, home), string.IsNullOrEmpty(text), RcScanner.Scan(text ?? ""));
    }
}
