using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>
/// A caller and the processes above it, and where its multiplexer showed it: read to find the leader, and not read again if the rest of the
/// route is needed at once.
/// </summary>
/// <param name="LoginPids">The session processes of the logins that had an agent then, at which the climb may end.</param>
/// <param name="Climbed">The caller as the processes above it show it, without its environments.</param>
/// <param name="Seen">Null if no multiplexer was asked.</param>
internal sealed record LocatedCaller(LoginPids LoginPids, Caller Climbed, MultiplexerObservation? Seen)
{
    /// <inheritdoc cref="CallerIdentity.WantsReasons"/>
    public bool WantsReasons { get; init; }
}
