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
        string zsh = variable("ZDOTDIR") ?? home;
        string configs = variable("XDG_CONFIG_HOME") ?? $"{home}/.config";
        string fish = $"{configs}/fish";
        return shell switch
        {
            "bash" => [$"{home}/.bashrc", .. FirstOf($"{home}/.bash_profile", $"{home}/.bash_login", $"{home}/.profile")],
            "zsh" => [$"{zsh}/.zshrc", .. FirstOf($"{zsh}/.zshenv"), .. FirstOf($"{zsh}/.zprofile"), .. FirstOf($"{zsh}/.zlogin")],
            "fish" => [$"{fish}/config.fish", .. TextFile.Matching($"{fish}/conf.d/*.fish")],
            "ksh" => [variable("ENV") ?? $"{home}/.kshrc", .. FirstOf($"{home}/.profile")],
            "tcsh" => [FirstOf($"{home}/.tcshrc", $"{home}/.cshrc").FirstOrDefault() ?? $"{home}/.tcshrc"],
            "nu" => [$"{configs}/nushell/config.nu"],
            "elvish" => [$"{configs}/elvish/rc.elv"],
            "xonsh" => [$"{home}/.xonshrc"],
            "pwsh" => [$"{configs}/powershell/Microsoft.PowerShell_profile.ps1"],
            _ => [$"{home}/.profile"],
        };
    }

    private static IEnumerable<string> FirstOf(params string[] paths) => paths.Where(File.Exists).Take(1);

    private static RcFile Read(string path, string home)
    {
        string? text = TextFile.Read(path);
        return new RcFile(TypedPath.Of(path, home), string.IsNullOrEmpty(text), RcScanner.Scan(text ?? ""));
    }
}
