using Fairlead.Shell;

namespace Fairlead.Setup;

/// <summary>Which rc files have to do with fairlead.</summary>
internal static class RcFileChoice
{
    /// <summary>Those that a login of this person reads, with the shell whose line each gets.</summary>
    public static IReadOnlyList<(ShellKind Shell, string Path)> For(SetupFacts facts)
    {
        RcFacts wanted = RcFactsOf(facts);
        return
        [
            .. Shells.All
                .SelectMany(shell => shell.FilesToChange(wanted).Select(path => (Shell: shell, Path: path)))
                .DistinctBy(file => IdentityOf(facts, file.Path)),
        ];
    }

    public static RcFacts RcFactsOf(SetupFacts facts) =>
        new(facts.Paths, facts.LoginShell, facts.HasFishFolder, facts.Files.ContainsKey, path => facts.Files.GetValueOrDefault(path)?.Text);

    /// <summary>All that may have been given a line, whatever the person's shell was then.</summary>
    public static IEnumerable<string> Known(RcPaths paths) => Shells.All
        .OrderBy(shell => shell == Shells.Ksh) // ENV may name another shell's file, which is then told by its own name
        .SelectMany(shell => shell.FilesOnceChanged(paths));

    /// <summary>One file may have two paths, and would be changed twice.</summary>
    public static object IdentityOf(SetupFacts facts, string path) => facts.Files.TryGetValue(path, out RcText? file) && file.Text is not null ? file.Identity : path;
}
