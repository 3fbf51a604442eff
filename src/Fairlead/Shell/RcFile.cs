namespace Fairlead.Shell;

/// <summary>A file that a shell reads when it starts, and the lines of it that matter here.</summary>
/// <param name="Name">As a person writes it: "~/.bashrc".</param>
/// <param name="IsEmpty">It does not exist, or has no lines.</param>
internal sealed record RcFile(string Name, bool IsEmpty, IReadOnlyList<RcLine> Lines)
{
    /// <summary>Login shells read this file and not the one that the line belongs into (<see cref="ShellKind.FilesReadInstead"/>).</summary>
    public bool IsReadInstead { get; init; }

    /// <summary>The first line of a kind; null when there is none.</summary>
    public RcLine? First(RcLineKind kind) => Lines.FirstOrDefault(line => line.Kind == kind);
}

/// <param name="Number">From 1.</param>
/// <param name="Program">fairlead as the line names it, without quotes; null in lines of other kinds.</param>
internal sealed record RcLine(int Number, RcLineKind Kind, string? Program = null);

/// <summary>What a line of an rc file does, as far as it matters for the agent.</summary>
internal enum RcLineKind
{
    /// <summary>Evaluates what <c>fairlead init</c> prints.</summary>
    Fairlead,

    /// <summary>Would evaluate it, but names a program that does not exist. <see cref="RcFileReader"/> looks; the text alone does not tell.</summary>
    MissingFairlead,

    /// <summary>Makes a link to the agent of this login: the usual cure since 2011.</summary>
    SymlinkRecipe,

    /// <summary>Sets SSH_AUTH_SOCK, or starts an agent that does.</summary>
    OtherAgent,

    /// <summary>Sets SSH_AUTH_SOCK later, when a function, an alias or a hook runs, or asks tmux for it.</summary>
    Refresher,

    /// <summary>Ends the file for shells that are not interactive.</summary>
    InteractiveOnly,
}
