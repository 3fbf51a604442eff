using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Routing;

/// <summary>One agent of a route, and why it is there: the reason, and the fact behind it.</summary>
/// <param name="Login">The login it comes from, as far as that is known.</param>
internal sealed record RouteStep(Agent Agent, Login? Login, RouteReason Reason)
{
    /// <summary>Of <see cref="RouteReason.Attached"/>: the terminal that shows the caller.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary>Of <see cref="RouteReason.Environment"/>: whose environment names this agent or its login.</summary>
    public EnvironmentHint? Environment { get; init; }

    /// <summary>
    /// The step that this one replaces: its agent leads back to us through a process here, to which everything else in this step applies.
    /// </summary>
    public RouteStep? Detour { get; init; }

    /// <summary>The caller came from a known machine, and this agent is not known to be there.</summary>
    public bool IsFromElsewhere { get; init; }

    /// <summary>
    /// The person is where this agent is, or has chosen it: an empty list from it is an answer. An agent that is only likely to be theirs
    /// is skipped if its list is empty.
    /// </summary>
    public bool IsCertain => Reason <= RouteReason.Environment;
}
