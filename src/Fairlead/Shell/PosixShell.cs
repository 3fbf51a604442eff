namespace Fairlead.Shell;

/// <summary>What the shells of the POSIX language have in common.</summary>
internal abstract class PosixShell : ShellKind
{
    protected override string Editor => "${EDITOR:-vi}";

    /// <summary>Nothing is special between single quotes but the quote itself.</summary>
    public override string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    public override string? LoginQuestion => "exec /usr/bin/env";

    public override string? AddToPath(string folder, RcFacts facts) => $"echo {Quote($"PATH={folder}:$PATH")} >>{TypedPath.Of(LoginFile(facts), facts.Paths.Home)}";

    public override bool ReadsProfile => true;

    /// <summary>What a login shell reads, wherever it is started.</summary>
    protected virtual string LoginFile(RcFacts facts) => facts.Paths.Profile;

    protected override string Set(string variable, string value) => $"export {variable}={value}";

    protected override string Unset(string variable) => $"unset {variable}";

    public override string Evaluate(string program, string verb) => $"eval \"$({program} {verb} {Name})\"";

    public override string RcLine(string program) => $"if [ -x {program} ]; then {Evaluate(program, "init")}; fi";

    public override string PathLine(string folder) =>
        $"case \":${{PATH-}}:\" in *:{folder}:*) ;; *) PATH=${{PATH:+$PATH:}}{folder} ;; esac{PathReason}";

    public override string Export(string program) => $"export SSH_AUTH_SOCK={PathWord(program)}";

    public override string AddTo(RcFile file, string line) => AddFirst(file, line);
}
