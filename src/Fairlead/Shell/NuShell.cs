namespace Fairlead.Shell;

/// <summary>Nushell.</summary>
internal sealed class NuShell : SingleFileShell
{
    public override string Name => "nu";

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
