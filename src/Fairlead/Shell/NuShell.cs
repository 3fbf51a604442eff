namespace Fairlead.Shell;

/// <summary>Nushell.</summary>
internal sealed class NuShell : SingleFileShell
{
    public override string Name => "nu";

    protected override string Code => """
        {SSH_AUTH_SOCK: @SOCKET@}
        # A record, for Nushell evaluates no text while it runs. Tried by hand with Nushell 0.108; Debian has none for the tests.
        # To use fairlead in Nushell, add this line to its config.nu:
        #   if ("~/.local/bin/fairlead" | path exists) { ^~/.local/bin/fairlead init nu | from nuon | default {} | load-env }

        """;

    protected override (string Before, string After) Frame => ("{\n", "}\n");

    /// <summary>Only double quotes can hold everything. The escapes are JSON's, but for <c>\u{...}</c>, which is not needed here.</summary>
    public override string Quote(string text) => $"\"{Escape(text, c => c is '"' or '\\' ? $@"\{c}" : null)}\"";

    protected override string Set(string variable, string value) => $"{variable}: {value}";

    protected override string Unset(string variable) => $"{variable}: null";

    public override string Forget(string variable) => $"hide-env {variable}";

    public override string Evaluate(string program, string verb) => $"^{program} {verb} {Name} | from nuon | load-env";

    public override string RcLine(string program) =>
        $"if ({TextOf(program)} | path exists) {{ ^{program} init {Name} | from nuon | default {{}} | load-env }}";

    public override string PathLine(string folder) => $"$env.PATH = ($env.PATH | split row (char esep) | append {folder} | uniq){PathReason}";

    public override string Export(string program) => $"$env.SSH_AUTH_SOCK = (^{program} path | str trim)";

    /// <summary>Its output does not go to files as that of other shells.</summary>
    public override string AddTo(RcFile file, string line) => $"{Quote(line + "\n")} | save --append {file.Name}";

    protected override string RcPath(RcPaths paths) => $"{paths.Configs}/nushell/config.nu";
}
