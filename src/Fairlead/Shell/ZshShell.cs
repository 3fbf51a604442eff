namespace Fairlead.Shell;

internal sealed class ZshShell : PosixShell
{
    public override string Name => "zsh";

    public override bool HasPromptHook => true;

    public override IEnumerable<string> RcFiles(RcPaths paths) =>
        [Rc(paths), .. new[] { $"{paths.Zsh}/.zshenv", $"{paths.Zsh}/.zprofile", $"{paths.Zsh}/.zlogin" }.Where(File.Exists)];

    public override IEnumerable<string> FilesToChange(RcFacts facts) => IsUsed(facts, Rc(facts.Paths)) ? [Rc(facts.Paths)] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [Rc(paths)];

    private static string Rc(RcPaths paths) => $"{paths.Zsh}/.zshrc";
}
