using Fairlead.Files;

namespace Fairlead.Doctor;

/// <summary>A line that gives sessions and panes another agent than fairlead, in a file of sshd, tmux or screen.</summary>
/// <param name="Agent">The path that it sets, as it is written; null where it sets none.</param>
internal sealed record SessionLine(FileLine Place, SessionLineKind Kind, string? Agent = null);

/// <summary>What such a line does.</summary>
internal enum SessionLineKind
{
    /// <summary>Makes a link to the agent of the login that has just come.</summary>
    MakesLink,

    /// <summary>Gives new panes the path of another agent.</summary>
    SetsAgent,

    /// <summary>Takes SSH_AUTH_SOCK away from new panes.</summary>
    RemovesAgent,
}
