namespace Fairlead.Shell;

internal sealed class TcshShell : ShellKind
{
    public override string Name => "tcsh";

    protected override string Code => """
        setenv SSH_AUTH_SOCK @SOCKET@;
        : 'To use fairlead in tcsh, add this line to ~/.tcshrc, or to ~/.cshrc if there is no ~/.tcshrc:';
        :   'if ( -x ~/.local/bin/fairlead ) eval "`~/.local/bin/fairlead init tcsh`"';

        """;

    protected override string Editor => "vi";

    /// <summary>
    /// History is looked for between quotes, too, and what a backslash means there depends on <c>backslash_quote</c>. So all that is special
    /// stands outside of them; but for a line feed, which outside ends the word.
    /// </summary>
    public override string Quote(string text)
    {
        string quoted = Escape(text, c => c switch
        {
            '\'' or '\\' or '!' => $@"'\{c}'",
            '\n' => "\\\n",
            _ => null,
        });
        return $"'{quoted}'";
    }

    protected override string Set(string variable, string value) => $"setenv {variable} {value};";

    protected override string Unset(string variable) => $"unsetenv {variable};";

    public override string Evaluate(string program, string verb) => $"eval \"`{program} {verb} {Name}`\"";

    public override string RcLine(string program) => $"if ( -x {program} ) {Evaluate(program, "init")}";

    public override string PathLine(string folder) => $"if ( \":${{PATH}}:\" !~ *:{folder}:* ) setenv PATH \"${{PATH}}:\"{folder}{PathReason}";

    public override string Export(string program) => $"setenv SSH_AUTH_SOCK \"`{program} path`\"";

    public override string AddTo(RcFile file, string line) => AddFirst(file, line);

    public override string AddToPath(string folder, RcFacts facts) =>
        $"echo {Quote($"set path = ( {folder} $path )")} >>{TypedPath.Of(FilesToChange(facts).First(), facts.Paths.Home)}";

    public override IEnumerable<string> RcFiles(RcPaths paths) => [Candidates(paths).FirstOrDefault(File.Exists) ?? Candidates(paths)[0]];

    /// <summary>A new .tcshrc would hide a .cshrc.</summary>
    public override IEnumerable<string> FilesToChange(RcFacts facts)
    {
        string[] files = Candidates(facts.Paths);
        return IsUsed(facts, files[0]) ? [files.FirstOrDefault(facts.IsThere) ?? files[0]] : [];
    }

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => Candidates(paths);

    /// <summary>It reads the second only where there is no first.</summary>
    private static string[] Candidates(RcPaths paths) => [$"{paths.Home}/.tcshrc", $"{paths.Home}/.cshrc"];
}
