namespace Fairlead.Shell;

/// <summary>Where the rc files of the shells are for one person.</summary>
/// <param name="Home">An absolute path.</param>
/// <param name="Configs">XDG_CONFIG_HOME, or what stands for it.</param>
/// <param name="Zsh">ZDOTDIR, or what stands for it.</param>
/// <param name="Env">ENV: what a ksh reads instead of its own rc file; null when unset.</param>
internal sealed record RcPaths(string Home, string Configs, string Zsh, string? Env)
{
    public string Bash => $"{Home}/.bashrc";

    /// <summary>A login shell of bash reads the first of these that is there.</summary>
    public IReadOnlyList<string> BashLogins => [$"{Home}/.bash_profile", $"{Home}/.bash_login", Profile];

    public string Profile => $"{Home}/.profile";

    public string ZshRc => $"{Zsh}/.zshrc";

    public IReadOnlyList<string> ZshOthers => [$"{Zsh}/.zshenv", $"{Zsh}/.zprofile", $"{Zsh}/.zlogin"];

    public string FishFolder => $"{Configs}/fish";

    /// <summary>The files of tcsh: it reads the second only where there is no first.</summary>
    public IReadOnlyList<string> Tcsh => [$"{Home}/.tcshrc", $"{Home}/.cshrc"];

    public string Nu => $"{Configs}/nushell/config.nu";

    public string Elvish => $"{Configs}/elvish/rc.elv";

    public string Xonsh => $"{Home}/.xonshrc";

    public string Pwsh => $"{Configs}/powershell/Microsoft.PowerShell_profile.ps1";

    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public static RcPaths Of(string home, Func<string, string?> variable) =>
        new(home, variable("XDG_CONFIG_HOME") ?? $"{home}/.config", variable("ZDOTDIR") ?? home, variable("ENV"));
}
