namespace Fairlead.Shell;

/// <summary>A shell that is read for one rc file only.</summary>
internal abstract class SingleFileShell : ShellKind
{
    protected override string Editor => "vi";

    protected abstract string RcPath(RcPaths paths);

    public override IEnumerable<string> RcFiles(RcPaths paths) => [RcPath(paths)];

    public override IEnumerable<string> FilesToChange(RcFacts facts) => IsUsed(facts, RcPath(facts.Paths)) ? [RcPath(facts.Paths)] : [];

    public override IEnumerable<string> FilesOnceChanged(RcPaths paths) => [RcPath(paths)];
}
