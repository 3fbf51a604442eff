namespace Fairlead.Shell;

internal sealed class ElvishShell : SingleFileShell
{
    public override string Name => "elvish";

    protected override string Code => """
        set-env SSH_AUTH_SOCK @SOCKET@
        # To use fairlead in Elvish, add this line to ~/.config/elvish/rc.elv:
        #   if (has-external ~/.local/bin/fairlead) { eval (~/.local/bin/fairlead init elvish | slurp) }

        """;

    /// <summary>A quote between single quotes is written twice.</summary>
    public override string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    protected override string Set(string variable, string value) => $"set-env {variable} {value}";

    protected override string Unset(string variable) => $"unset-env {variable}";

    public override string Evaluate(string program, string verb) => $"eval ({program} {verb} {Name} | slurp)";

    public override string RcLine(string program) => $"if (has-external {program}) {{ {Evaluate(program, "init")} }}";

    public override string PathLine(string folder) => $"if (not (has-value $paths {folder})) {{ set paths = [$@paths {folder}] }}{PathReason}";

    public override string Export(string program) => $"set-env SSH_AUTH_SOCK ({program} path)";

    public override string AddTo(RcFile file, string line) => AddFirst(file, line);

    protected override string RcPath(RcPaths paths) => $"{paths.Configs}/elvish/rc.elv";
}
