namespace Fairlead.EndToEnd.Staging;

/// <summary>A login shell as its user sets it up: where its rc file is, and how some lines are written in it.</summary>
internal sealed record Shell(ShellKind Kind, string Program, string RcFile, string StatusVariable, string PromptCode)
{
    /// <summary>What every shell of the tests shows when it waits for a command.</summary>
    public const string Prompt = "ready> ";

    private const string FishQuiet = "function fish_greeting; end\nset -g fish_autosuggestion_enabled 0\n";

    public static Shell Of(ShellKind kind) => kind switch
    {
        ShellKind.Bash => new(kind, "/bin/bash", ".bashrc", "$?", $"PS1='{Prompt}'\n"),
        ShellKind.Zsh => new(kind, "/bin/zsh", ".zshrc", "$?", $"PROMPT='{Prompt}'\nPROMPT_EOL_MARK=\n"),
        ShellKind.Fish => new(kind, "/usr/bin/fish", ".config/fish/config.fish", "$status",
            $"{FishQuiet}function fish_prompt; echo -n '{Prompt}'; end\n"),
        ShellKind.Sh => new(kind, "/bin/sh", ".profile", "$?", $"PS1='{Prompt}'\n"),
        ShellKind.Ksh => new(kind, "/bin/ksh93", ".kshrc", "$?", $"PS1='{Prompt}'\n"),
        ShellKind.Tcsh => new(kind, "/bin/tcsh", ".tcshrc", "$status", $"set prompt='{Prompt}'\n"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public string CureCode(Cure cure, string fairlead) => (cure, Kind) switch
    {
        (Cure.Fairlead, ShellKind.Fish) => $"if test -x {fairlead}; {fairlead} init fish | source; end\n",
        (Cure.Fairlead, ShellKind.Tcsh) => $"if ( -x {fairlead} ) eval \"`{fairlead} init tcsh`\"\n",
        (Cure.Fairlead, _) => $"if [ -x {fairlead} ]; then eval \"$({fairlead} init {Name})\"; fi\n",
        (Cure.Symlink, ShellKind.Fish) =>
            """
            set -l link $HOME/.ssh/agent-link
            if test -S "$SSH_AUTH_SOCK" -a "$SSH_AUTH_SOCK" != $link; ln -sf $SSH_AUTH_SOCK $link; end
            set -gx SSH_AUTH_SOCK $link

            """,
        (Cure.Symlink, _) =>
            """
            link=$HOME/.ssh/agent-link
            if [ -S "$SSH_AUTH_SOCK" ] && [ "$SSH_AUTH_SOCK" != "$link" ]; then ln -sf "$SSH_AUTH_SOCK" "$link"; fi
            export SSH_AUTH_SOCK="$link"

            """,
        _ => "",
    };

    /// <summary>The line of fairlead, with which each prompt looks whether the variables are still those of the login that is there.</summary>
    public string RefreshCode(string fairlead) =>
        CureCode(Cure.Fairlead, fairlead).Replace($"init {Name}", $"init {Name} --refresh-env", StringComparison.Ordinal);

    /// <summary>The shell's name as <c>fairlead init</c> knows it.</summary>
    public string Name => Kind.ToString().ToLowerInvariant();
}
