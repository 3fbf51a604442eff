using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Routing;

/// <summary>One agent of a route, and why it stands there: the reason, and the fact that it was found by.</summary>
/// <param name="Login">The login it comes from, as far as that is known.</param>
internal sealed record RouteStep(Agent Agent, Login? Login, RouteReason Reason)
{
    /// <summary>Of <see cref="RouteReason.Attached"/>: the terminal that shows the caller.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>Of <see cref="RouteReason.Environment"/>: whose environment names this agent or its login.</summary>
    public EnvironmentHint? Environment { get; init; }

    /// <summary>
    /// The step that this one takes the place of: its agent leads back to us through a process here, for which all else of this step holds.
    /// </summary>
    public RouteStep? Detour { get; init; }

    /// <summary>The caller came from a machine of its own, and this agent is not known to be there.</summary>
    public bool IsFromElsewhere { get; init; }

    /// <summary>
    /// The person is where this agent is, or has named it: an empty list from it is an answer. Of an agent that is only likely to be
    /// theirs it is passed over.
    /// </summary>
    public bool IsCertain => Reason <= RouteReason.Environment;
}
