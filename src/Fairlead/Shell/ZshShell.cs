namespace Fairlead.Shell;

internal sealed class ZshShell : PosixShell
{
    public override string Name => "zsh";

    protected override string Code => """
        export SSH_AUTH_SOCK=@SOCKET@
        # To use fairlead in zsh, add this line to ~/.zshrc:
        #   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init zsh)"; fi

        """;

    public override bool HasPromptHook => true;

    public override string LoginQuestion => $"print -rl -- fpath=$^fpath; {base.LoginQuestion}";

    public override string AddToPath(string folder, RcFacts facts) => $"echo {Quote($"path=({folder} $path)")} >>{TypedPath.Of(Rc(facts.Paths), facts.Paths.Home)}";

    public override bool ReadsProfile => false;

    public override IEnumerable<string> RcFiles(RcPaths paths) =>
        [Rc(paths), .. new[] { $"{paths.Zsh}/.zshenv", $"{paths.Zsh}/.zprofile", $"{paths.Zsh}/.zlogin" }.Where(File.Exists)];

    public override IEnumerable<string> FilesToChange(RcFacts facts) => IsUsed(facts, Rc(facts.Paths)) ? [Rc(facts.Paths)] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [Rc(paths)];

    private static string Rc(RcPaths paths) => $"{paths.Zsh}/.zshrc";
}
