namespace Fairlead.Shell;

/// <summary>All that <see cref="InitDecision"/> depends on.</summary>
internal readonly record struct InitFacts
{
    public required SocketOwner Listener { get; init; }

    /// <summary>Below a login, or in a multiplexer (<see cref="Launch.Ancestry.IsInSession"/>).</summary>
    public required bool InSession { get; init; }

    /// <summary>There is a place for the socket whose folders passed their checks, or can be made.</summary>
    public required bool HasPlace { get; init; }

    /// <summary>HOME belongs to another user (sudo -E, su -m).</summary>
    public required bool HomeIsForeign { get; init; }

    /// <summary>The daemon of the home's owner listens.</summary>
    public required bool DaemonListens { get; init; }

    public required bool MayStart { get; init; }
}
