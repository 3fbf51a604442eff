using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>The shell that ran fairlead.</summary>
internal sealed record ShellFacts
{
    public required ShellLines Lines { get; init; }

    /// <summary>Its SSH_AUTH_SOCK; null when unset.</summary>
    public string? Agent { get; init; }

    public required SocketOwner Listener { get; init; }

    /// <summary>The path of an agent that is gone, at which fairlead listens in its place.</summary>
    public bool IsHealed { get; init; }

    /// <summary>Another user's process listens there.</summary>
    public bool IsStrangers { get; init; }

    /// <summary>Below a login, or in tmux or screen.</summary>
    public required bool InSession { get; init; }

    /// <summary>Started by mosh-server.</summary>
    public bool InMosh { get; init; }

    /// <summary>Those of the variables that <c>fairlead env</c> prints which have another value here, or none, or one that the login does not have.</summary>
    public IReadOnlyList<string> StaleVariables { get; init; } = [];

    /// <summary>The processes above it, by pid.</summary>
    public required IReadOnlyList<int> Ancestors { get; init; }
}
