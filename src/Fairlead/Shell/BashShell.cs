namespace Fairlead.Shell;

internal sealed class BashShell : PosixShell
{
    public override string Name => "bash";

    protected override string Code => """
        export SSH_AUTH_SOCK=@SOCKET@
        # To use fairlead in bash, add this line to ~/.bashrc, above the place where non-interactive shells return:
        #   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init bash)"; fi

        """;

    public override bool HasPromptHook => true;

    /// <summary>The package bash-completion completes, in bash's words, whatever has no completion of its own.</summary>
    public override string LoginQuestion => $"complete -p -D; {base.LoginQuestion}";

    protected override string LoginFile(RcFacts facts) => Logins(facts.Paths).FirstOrDefault(facts.IsThere) ?? facts.Paths.Profile;

    public override IEnumerable<string> RcFiles(RcPaths paths) => [Rc(paths), .. Logins(paths).Where(File.Exists).Take(1)];

    public override IEnumerable<string> FilesToChange(RcFacts facts) => IsUsed(facts, Rc(facts.Paths)) ? [Rc(facts.Paths), .. FilesReadInstead(facts)] : [];

    /// <summary>A login shell reads .bashrc only where its own file says so.</summary>
    public override IEnumerable<string> FilesReadInstead(RcFacts facts) =>
        Logins(facts.Paths).FirstOrDefault(facts.IsThere) is { } first && !ReadsRc(facts, first, Logins(facts.Paths)) ? [first] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [Rc(paths), .. Logins(paths)];

    /// <summary>By itself, or by way of another file of login shells: many a .bash_profile reads .profile, which reads .bashrc.</summary>
    /// <param name="logins">Those that it may name; never those that were read on the way to it.</param>
    private static bool ReadsRc(RcFacts facts, string file, IEnumerable<string> logins)
    {
        string[] code = [.. (facts.Read(file) ?? "").Split('\n').Where(line => !line.TrimStart().StartsWith('#'))];
        string[] others = [.. logins.Where(other => other != file)];
        return code.Any(line => line.Contains("bashrc", StringComparison.Ordinal))
            || others.Any(other => code.Any(line => line.Contains('/' + Path.GetFileName(other), StringComparison.Ordinal)) && ReadsRc(facts, other, others));
    }

    private static string Rc(RcPaths paths) => $"{paths.Home}/.bashrc";

    /// <summary>A login shell reads the first of these that is there.</summary>
    private static string[] Logins(RcPaths paths) => [$"{paths.Home}/.bash_profile", $"{paths.Home}/.bash_login", paths.Profile];
}
