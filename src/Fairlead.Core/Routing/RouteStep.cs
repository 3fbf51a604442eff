using Fairlead.Core.Agents;
using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>One agent of a route, and why it stands there.</summary>
/// <param name="Login">The login it comes from, as far as that is known.</param>
internal sealed record RouteStep(Agent Agent, Login? Login, RouteReason Reason)
{
    /// <summary>
    /// The person is where this agent is: an empty list from it is an answer. Of an agent that is only likely to be
    /// theirs it is passed over.
    /// </summary>
    public bool IsCertain => Reason == RouteReason.OwnLogin;
}
