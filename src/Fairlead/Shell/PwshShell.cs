namespace Fairlead.Shell;

/// <summary>PowerShell.</summary>
internal sealed class PwshShell : SingleFileShell
{
    public override string Name => "pwsh";

    protected override string Code => """
        $env:SSH_AUTH_SOCK = @SOCKET@
        # Written by PowerShell's documentation (about_Quoting_Rules, Invoke-Expression) and not run: Debian has none for the tests.
        # To use fairlead in PowerShell, add this line to the file that $PROFILE names:
        #   if (Test-Path ~/.local/bin/fairlead) { & ~/.local/bin/fairlead init pwsh | Out-String | Where-Object { $_ } | Invoke-Expression }

        """;

    /// <summary><c>using</c> has to come first.</summary>
    public override bool TakesLineLast => true;

    /// <summary>A quote between single quotes is written twice; the typographic quotes are quotes, too (about_Quoting_Rules).</summary>
    public override string Quote(string text) =>
        $"'{Escape(text, c => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? $"{c}{c}" : null)}'";

    protected override string Set(string variable, string value) => $"$env:{variable} = {value}";

    protected override string Unset(string variable) => $"$env:{variable} = $null";

    public override string Evaluate(string program, string verb) =>
        $"& {program} {verb} {Name} | Out-String | Where-Object {{ $_ }} | Invoke-Expression";

    public override string RcLine(string program) =>
        $"if (Test-Path {(IsQuoted(program) ? "-LiteralPath " : "")}{program}) {{ {Evaluate(program, "init")} }}";

    public override string PathLine(string folder) => $"if (($env:PATH -split ':') -notcontains {folder}) {{ $env:PATH += ':' + {folder} }}{PathReason}";

    public override string Export(string program) => $"$env:SSH_AUTH_SOCK = & {program} path";

    public override string AddTo(RcFile file, string line) => $"Add-Content {file.Name} {Quote(line)}";

    protected override string RcPath(RcPaths paths) => $"{paths.Configs}/powershell/Microsoft.PowerShell_profile.ps1";
}
