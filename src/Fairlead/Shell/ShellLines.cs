using Fairlead.Shell;

namespace Fairlead.Shell;

/// <summary>The lines that a person types in, or writes for, one shell.</summary>
/// <param name="Shell">As <c>fairlead init</c> knows it.</param>
/// <param name="Program">fairlead, as a word of the shell.</param>
internal sealed record ShellLines(string Shell, string Program)
{
    /// <summary>Gives a running shell the stable path.</summary>
    public string Repair => For(Shell);

    /// <summary>Gives a running shell the variables of the login that is there now.</summary>
    public string Freshen => Evaluate("env", Shell);

    /// <summary>What belongs into the rc file; install.sh writes the same.</summary>
    public string RcLine => Shell switch
    {
        "fish" => $"if test -x {Program}; {Repair}; end",
        "tcsh" => $"if ( -x {Program} ) {Repair}",
        "nu" => $"if ({Program} | path expand | path exists) {{ ^{Program} init nu | from nuon | default {{}} | load-env }}",
        "elvish" => $"if (has-external {Program}) {{ {Repair} }}",
        "xonsh" => $"if p'{Program}'.expanduser().exists(): {Repair}",
        "pwsh" => $"if (Test-Path {Program}) {{ {Repair} }}",
        _ => $"if [ -x {Program} ]; then {Repair}; fi",
    };

    /// <summary>Sets the path where <c>init</c> would leave the shell alone.</summary>
    public string Export => Shell switch
    {
        "fish" => $"set -gx SSH_AUTH_SOCK ({Program} path)",
        "tcsh" => $"setenv SSH_AUTH_SOCK \"`{Program} path`\"",
        "nu" => $"$env.SSH_AUTH_SOCK = (^{Program} path | str trim)",
        "elvish" => $"set-env SSH_AUTH_SOCK ({Program} path)",
        "xonsh" => $"$SSH_AUTH_SOCK = $({Program} path).strip()",
        "pwsh" => $"$env:SSH_AUTH_SOCK = & {Program} path",
        _ => $"export SSH_AUTH_SOCK=\"$({Program} path)\"",
    };

    /// <summary>The same as <see cref="Repair"/> for another shell.</summary>
    public string For(string shell) => Evaluate("init", shell);

    /// <summary>
    /// Puts <see cref="RcLine"/> at the top of a file, where shells that are not interactive read it, too; what is linked stays a link. PowerShell wants some
    /// statements first, and Nushell's output does not go to files as that of other shells.
    /// </summary>
    public string AddTo(RcFile file) => Shell switch
    {
        "nu" => $"{Quote(RcLine + "\n")} | save --append {file.Name}",
        "pwsh" => $"Add-Content {file.Name} {Quote(RcLine)}",
        _ when file.IsEmpty => $"echo {Quote(RcLine)} >>{file.Name}",
        _ => $"sed -i --follow-symlinks {Quote("1i " + RcLine)} {file.Name}",
    };

    /// <summary>Opens a file where it is to be changed: which lines around it belong together only a person can say.</summary>
    public string Edit(string file, int line) => Shell is "bash" or "zsh" or "sh" or "ksh" ? $"${{EDITOR:-vi}} +{line} {file}" : $"vi +{line} {file}";

    private string Evaluate(string verb, string shell) => shell switch
    {
        "fish" => $"{Program} {verb} fish | source",
        "tcsh" => $"eval \"`{Program} {verb} tcsh`\"",
        "nu" => $"^{Program} {verb} nu | from nuon | load-env",
        "elvish" => $"eval ({Program} {verb} elvish | slurp)",
        "xonsh" => $"execx($({Program} {verb} xonsh))",
        "pwsh" => $"& {Program} {verb} pwsh | Out-String | Where-Object {{ $_ }} | Invoke-Expression",
        _ => $"eval \"$({Program} {verb} {shell})\"",
    };

    private string Quote(string text) => ShellKind.Find(Shell)!.Quote(text);
}
