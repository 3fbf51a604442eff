namespace Fairlead.Shell;

internal sealed class BashShell : PosixShell
{
    public override string Name => "bash";

    public override bool HasPromptHook => true;

    public override IEnumerable<string> RcFiles(RcPaths paths) => [Rc(paths), .. Logins(paths).Where(File.Exists).Take(1)];

    public override IEnumerable<string> FilesToChange(RcFacts facts)
    {
        if (!IsUsed(facts, Rc(facts.Paths)))
        {
            yield break;
        }

        yield return Rc(facts.Paths);

        // It reads .bashrc only where they say so.
        if (Logins(facts.Paths).FirstOrDefault(facts.IsThere) is { } first && facts.Read(first)?.Contains("bashrc", StringComparison.Ordinal) != true)
        {
            yield return first;
        }
    }

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [Rc(paths), .. Logins(paths)];

    private static string Rc(RcPaths paths) => $"{paths.Home}/.bashrc";

    /// <summary>A login shell reads the first of these that is there.</summary>
    private static string[] Logins(RcPaths paths) => [$"{paths.Home}/.bash_profile", $"{paths.Home}/.bash_login", paths.Profile];
}
