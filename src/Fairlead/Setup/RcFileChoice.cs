using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>Which rc files have to do with fairlead.</summary>
internal static class RcFileChoice
{
    /// <summary>Those that a login of this person reads, with the shell whose line each gets.</summary>
    public static IReadOnlyList<(string Shell, string Path)> For(SetupFacts facts) =>
        [.. Wanted(facts).DistinctBy(file => IdentityOf(facts, file.Path))];

    /// <summary>All that may have been given a line, whatever the person's shell was then.</summary>
    public static IEnumerable<string> Known(RcPaths paths) =>
    [
        paths.Bash, .. paths.BashLogins, paths.ZshRc, FishOf(paths), .. paths.Tcsh, paths.Nu, paths.Elvish, paths.Xonsh, paths.Pwsh,
        KshOf(paths, "ksh"), KshOf(paths, "mksh"), .. paths.Env is ['/', ..] env ? [env] : Array.Empty<string>(),
    ];

    /// <summary>A file of its own, which fish reads by itself.</summary>
    public static string FishOf(RcPaths paths) => $"{paths.FishFolder}/conf.d/fairlead.fish";

    /// <summary>One file may have two paths, and would be changed twice.</summary>
    public static object IdentityOf(SetupFacts facts, string path) => facts.Files.TryGetValue(path, out RcText? file) && file.Text is not null ? file.Identity : path;

    private static IEnumerable<(string Shell, string Path)> Wanted(SetupFacts facts)
    {
        RcPaths paths = facts.Paths;
        string login = facts.LoginShell;
        if (login == "bash" || facts.Files.ContainsKey(paths.Bash))
        {
            yield return ("bash", paths.Bash);

            // It reads .bashrc only where they say so.
            if (paths.BashLogins.FirstOrDefault(facts.Files.ContainsKey) is { } first && facts.Files[first].Text?.Contains("bashrc", StringComparison.Ordinal) != true)
            {
                yield return ("bash", first);
            }
        }

        if (login == "zsh" || facts.Files.ContainsKey(paths.ZshRc))
        {
            yield return ("zsh", paths.ZshRc);
        }

        if (login == "fish" || facts.HasFishFolder)
        {
            yield return ("fish", FishOf(paths));
        }

        bool isKsh = login == "mksh" || login.StartsWith("ksh", StringComparison.Ordinal);
        if (isKsh || login is "sh" or "dash")
        {
            yield return ("sh", paths.Profile);
        }

        // A ksh that is no login shell, as in a pane of screen, reads another one.
        if (isKsh)
        {
            yield return ("ksh", paths.Env is ['/', ..] env && facts.Files.ContainsKey(env) ? env : KshOf(paths, login));
        }

        // A new .tcshrc would hide a .cshrc.
        if (login == "tcsh" || facts.Files.ContainsKey(paths.Tcsh[0]))
        {
            yield return ("tcsh", paths.Tcsh.FirstOrDefault(facts.Files.ContainsKey) ?? paths.Tcsh[0]);
        }

        foreach ((string shell, string path) in new[] { ("nu", paths.Nu), ("elvish", paths.Elvish), ("xonsh", paths.Xonsh), ("pwsh", paths.Pwsh) })
        {
            if (login == shell || facts.Files.ContainsKey(path))
            {
                yield return (shell, path);
            }
        }
    }

    private static string KshOf(RcPaths paths, string program) => $"{paths.Home}/.{(program.EndsWith("93", StringComparison.Ordinal) ? program[..^2] : program)}rc";
}
