namespace Fairlead.Shell;

/// <param name="Number">From 1.</param>
internal sealed record RcLine(int Number, RcLineKind Kind);
