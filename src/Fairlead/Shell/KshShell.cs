namespace Fairlead.Shell;

internal sealed class KshShell : PosixShell
{
    public override string Name => "ksh";

    protected override string Code => """
        export SSH_AUTH_SOCK=@SOCKET@
        # To use fairlead in ksh, add this line to ~/.kshrc, or to the file that ENV names:
        #   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init ksh)"; fi

        """;

    public override IReadOnlyList<string> Aliases => ["mksh", "oksh", "ksh93"];

    public static bool IsLoginShell(RcFacts facts) => facts.LoginShell == "mksh" || facts.LoginShell.StartsWith("ksh", StringComparison.Ordinal);

    public override IEnumerable<string> RcFiles(RcPaths paths) => [paths.Env ?? RcOf(paths, Name), .. new[] { paths.Profile }.Where(File.Exists)];

    /// <summary>What it reads when it is no login shell, as in a pane of screen.</summary>
    public override IEnumerable<string> FilesToChange(RcFacts facts) =>
        !IsLoginShell(facts) ? []
        : facts.Paths.Env is ['/', ..] env && facts.IsThere(env) ? [env]
        : [RcOf(facts.Paths, facts.LoginShell)];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) =>
        [RcOf(paths, "ksh"), RcOf(paths, "mksh"), .. paths.Env is ['/', ..] env ? [env] : Array.Empty<string>()];

    private static string RcOf(RcPaths paths, string program) => $"{paths.Home}/.{(program.EndsWith("93", StringComparison.Ordinal) ? program[..^2] : program)}rc";
}
