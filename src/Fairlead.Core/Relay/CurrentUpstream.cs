using Fairlead.Core.Callers;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>The agent that a conversation uses: one connection at a time, and how it moves to another.</summary>
internal sealed class CurrentUpstream(CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, UpstreamPreamble preamble) : IDisposable
{
    /// <summary>The caller, with what the session-binds say of it so far; of the server only if a rule may ask for it.</summary>
    public CallerIdentity Caller => caller with { IsForwarded = Binds.IsForwarded, Host = planner.Options.Rules.Count == 0 ? null : signedFor ?? Binds.Server };

    private BoundHost? signedFor;

    /// <summary>Null while there is none.</summary>
    public Upstream? Upstream { get; set; }

    private BindLog Binds => preamble.Binds;

    /// <summary>
    /// A signature for this server follows. If a rule chose the agent for another server, which the caller only claimed, that agent is
    /// dropped.
    /// </summary>
    /// <param name="server">Null if it is for no known server.</param>
    public async ValueTask SignForAsync(BoundHost? server)
    {
        signedFor = server ?? BoundHost.Unknown;
        if (Upstream is not null && planner.Options.ChooseByHost && !(await planner.PlanAsync(Caller)).Route.Steps.Any(step => step.Agent == Upstream.Agent))
        {
            Drop();
        }
    }

    /// <summary>Whatever follows is no signature.</summary>
    public void EndSignature() => signedFor = null;

    /// <summary>For another host no agent answers in this one's place while it lives. Check it when the connection failed.</summary>
    public bool StaysWith(RouteStep step) => Binds.IsForwarded && step.Agent.IsUsable;

    /// <summary>
    /// <see cref="StaysWith"/> for an agent in use that may have hung up, as some do on requests that they do not like: only a new
    /// connection shows whether it has ended.
    /// </summary>
    public async ValueTask<bool> StaysWithHungUpAsync(RouteStep step, RequestLifetime lifetime) =>
        StaysWith(step) && Upstream is not { LeadsBack: true } && (step.Agent.Health.IsSilent || await TurnToAsync(step, lifetime) || StaysWith(step));

    /// <summary>Keeps the current agent, otherwise moves to the first of the route.</summary>
    /// <param name="orNext">If the first cannot be reached, use the next.</param>
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

    /// <summary>Makes <see cref="Upstream"/> a connection to this agent. False if that fails, or nobody waits any more.</summary>
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
            return false; // no other agent can get all binds: the one that has them stays
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
