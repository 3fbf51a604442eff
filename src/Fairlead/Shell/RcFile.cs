namespace Fairlead.Shell;

/// <summary>A file that a shell reads when it starts, and the lines of it that matter here.</summary>
/// <param name="Name">As a person writes it: "~/.bashrc".</param>
/// <param name="IsEmpty">It does not exist, or has no lines.</param>
internal sealed record RcFile(string Name, bool IsEmpty, IReadOnlyList<RcLine> Lines)
{
    /// <summary>The first line of a kind; null when there is none.</summary>
    public RcLine? First(RcLineKind kind) => Lines.FirstOrDefault(line => line.Kind == kind);
}
