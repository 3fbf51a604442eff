using Fairlead.Output;

namespace Fairlead.Doctor;

/// <summary>Where the daemon's socket is, or why it can be nowhere.</summary>
internal sealed record LocationFacts
{
    /// <summary>Null when no place is fit.</summary>
    public string? Socket { get; init; }

    /// <summary>Who answers at the socket.</summary>
    public SocketListener Listener { get; init; }

    /// <summary>What is wrong with the configuration, or with every place.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Why the socket is not in the home, where it belongs; null when it is, or when the configuration chose another place.</summary>
    public string? NotInHome { get; init; }

    /// <summary>The home is on a file server.</summary>
    public required bool HomeIsRemote { get; init; }

    /// <summary>There is a home, and it is ours: what stands in it is this person's to change.</summary>
    public required bool HasOwnHome { get; init; }

    /// <summary>The home as a path, for the room that sockets in it leave.</summary>
    public required string Home { get; init; }
}

/// <summary>Who answers at the path of the agent socket, as connecting to it tells.</summary>
internal enum SocketListener
{
    /// <summary>Nobody was asked: no daemon runs, so nobody has to answer.</summary>
    Unknown,

    /// <summary>The daemon, or systemd for it.</summary>
    Ours,

    /// <summary>A daemon runs, and nobody listens at the path.</summary>
    Nobody,

    /// <summary>A daemon runs, and this user may not connect.</summary>
    OutOfReach,

    /// <summary>Something else is there: another user's socket, or no socket at all.</summary>
    Stranger,
}
