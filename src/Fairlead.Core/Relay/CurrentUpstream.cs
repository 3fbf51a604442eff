using Fairlead.Core.Callers;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>The agent that a conversation has turned to: one connection at a time, and how it turns to another.</summary>
internal sealed class CurrentUpstream(CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, UpstreamPreamble preamble) : IDisposable
{
    /// <summary>Who asks.</summary>
    public CallerIdentity Caller { get; private set; } = caller;

    /// <summary>Null while there is none.</summary>
    public Upstream? Upstream { get; set; }

    private BindLog Binds => preamble.Binds;

    /// <summary>A session-bind was heard: from now on it is known whether another host asks.</summary>
    public void NoteBind() => Caller = Caller with { IsForwarded = Binds.IsForwarded };

    /// <summary>For another host nobody answers in this agent's place while it lives. To be asked when it could not be turned to.</summary>
    public bool StaysWith(RouteStep step) => Binds.IsForwarded && step.Agent.IsUsable;

    /// <summary><see cref="StaysWith"/> for an agent that was turned to and may have hung up, as some do on what they do not like: that it has ended is known by connecting.</summary>
    public async ValueTask<bool> StaysWithHungUpAsync(RouteStep step, RequestLifetime lifetime) =>
        StaysWith(step) && Upstream is not { LeadsBack: true } && (step.Agent.Health.IsSilent || await TurnToAsync(step, lifetime) || StaysWith(step));

    /// <summary>Keeps the agent that there is, or else turns to the first of the route.</summary>
    /// <param name="orNext">When the first cannot be reached, the next will do.</param>
    public async ValueTask<bool> ConnectAsync(bool orNext, RequestLifetime lifetime)
    {
        if (Upstream is { IsReusable: true })
        {
            return true;
        }

        IReadOnlyList<RouteStep> steps = (await planner.PlanAsync(Caller)).Route.Steps;
        for (int i = 0; i < steps.Count && (i == 0 || (orNext && !StaysWith(steps[i - 1]))); i++)
        {
            if (await TurnToAsync(steps[i], lifetime))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes <see cref="Upstream"/> a connection to this agent. False when there is none to be had, or nobody waits any more.</summary>
    public async ValueTask<bool> TurnToAsync(RouteStep step, RequestLifetime lifetime)
    {
        if (lifetime.HasEnded)
        {
            return false;
        }

        if (Upstream?.Agent == step.Agent && Upstream.IsReusable)
        {
            return true;
        }

        if (Binds.HasOverflowed)
        {
            return false; // no other agent can be told all binds: the one that has heard them stays
        }

        Drop();
        Upstream = opener.Prepare(step, preamble);
        if (!await Upstream.OpenAsync(lifetime))
        {
            Drop();
        }

        return Upstream is not null && !lifetime.HasEnded;
    }

    public void Drop()
    {
        Upstream?.Dispose();
        Upstream = null;
    }

    public void Dispose() => Drop();
}
