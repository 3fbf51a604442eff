using Fairlead.Files;

namespace Fairlead.Shell;

/// <summary>Finds and reads the rc files of a shell.</summary>
internal static class RcFileReader
{
    /// <param name="shell">As <c>fairlead init</c> knows it.</param>
    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    /// <returns>In the order of the shell, but the one that the line belongs into first.</returns>
    public static IReadOnlyList<RcFile> Read(string shell, string home, Func<string, string?> variable) =>
        [.. PathsOf(shell, home, variable).Select(path => Read(path, home))];

    private static IEnumerable<string> PathsOf(string shell, string home, Func<string, string?> variable)
    {
        RcPaths paths = RcPaths.Of(home, variable);
        return shell switch
        {
            "bash" => [paths.Bash, .. FirstOf(paths.BashLogins)],
            "zsh" => [paths.ZshRc, .. paths.ZshOthers.Where(File.Exists)],
            "fish" => [$"{paths.FishFolder}/config.fish", .. TextFile.Matching($"{paths.FishFolder}/conf.d/*.fish")],
            "ksh" => [paths.Env ?? $"{home}/.kshrc", .. FirstOf([paths.Profile])],
            "tcsh" => [FirstOf(paths.Tcsh).FirstOrDefault() ?? paths.Tcsh[0]],
            "nu" => [paths.Nu],
            "elvish" => [paths.Elvish],
            "xonsh" => [paths.Xonsh],
            "pwsh" => [paths.Pwsh],
            _ => [paths.Profile],
        };
    }

    private static IEnumerable<string> FirstOf(IReadOnlyList<string> paths) => paths.Where(File.Exists).Take(1);

    private static RcFile Read(string path, string home)
    {
        string? text = TextFile.Read(path);
        return new RcFile(TypedPath.Of(path, home), string.IsNullOrEmpty(text), RcScanner.Scan(text ?? ""));
    }
}
