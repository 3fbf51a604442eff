namespace Fairlead.Shell;

/// <summary>Where the shells look for the rc files of one person.</summary>
/// <param name="Home">An absolute path.</param>
/// <param name="Configs">XDG_CONFIG_HOME, or what stands for it.</param>
/// <param name="Zsh">ZDOTDIR, or what stands for it.</param>
/// <param name="Env">ENV: what a ksh reads instead of its own rc file; null when unset.</param>
internal sealed record RcPaths(string Home, string Configs, string Zsh, string? Env)
{
    /// <summary>What stands for XDG_DATA_HOME.</summary>
    public string UsualData => $"{Home}/.local/share";

    /// <summary>XDG_DATA_HOME, or what stands for it.</summary>
    public string Data { get; init; } = $"{Home}/.local/share";

    /// <summary>The login shells of the POSIX language read it.</summary>
    public string Profile => $"{Home}/.profile";

    /// <summary>sshd runs it with sh at each login, before the shell (sshd(8)).</summary>
    public string LoginScript => $"{Home}/.ssh/rc";

    public string FishFolder => $"{Configs}/fish";

    /// <summary>fairlead's own file, which fish reads by itself.</summary>
    public string FishSnippet => $"{FishFolder}/conf.d/fairlead.fish";

    /// <param name="variable">Reads an environment variable; null when it is unset.</param>
    public static RcPaths Of(string home, Func<string, string?> variable) =>
        new(home, variable("XDG_CONFIG_HOME") ?? $"{home}/.config", variable("ZDOTDIR") ?? home, variable("ENV"))
        {
            Data = variable("XDG_DATA_HOME") is ['/', ..] data ? data.TrimEnd('/') : $"{home}/.local/share",
        };
}
