namespace Fairlead.Shell;

/// <summary>The plain one: dash, ash of BusyBox, and what else is /bin/sh.</summary>
internal sealed class ShShell : PosixShell
{
    public override string Name => "sh";

    protected override string Code => """
        export SSH_AUTH_SOCK=@SOCKET@
        # To use fairlead in sh, add this line to ~/.profile:
        #   if [ -x ~/.local/bin/fairlead ]; then eval "$(~/.local/bin/fairlead init sh)"; fi

        """;

    public override IReadOnlyList<string> Aliases => ["dash", "ash"];

    public override IEnumerable<string> RcFiles(RcPaths paths) => [paths.Profile];

    /// <summary>A ksh reads it as well, when it is a login shell.</summary>
    public override IEnumerable<string> FilesToChange(RcFacts facts) =>
        facts.LoginShell is "sh" or "dash" || KshShell.IsLoginShell(facts) ? [facts.Paths.Profile] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [paths.Profile];
}
