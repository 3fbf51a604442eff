using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>
/// A caller and the processes above it, and where its multiplexer showed it: read to find the leader, and not again where the rest of the route is wanted
/// at once.
/// </summary>
/// <param name="LoginPids">The session processes of the logins that had an agent then: where the climb may end.</param>
/// <param name="Climbed">As the processes above it tell, without its environments.</param>
/// <param name="Seen">Null when no multiplexer was asked.</param>
internal sealed record LocatedCaller(LoginPids LoginPids, Caller Climbed, MultiplexerObservation? Seen)
{
    /// <inheritdoc cref="CallerIdentity.WantsReasons"/>
    public bool WantsReasons { get; init; }
}
