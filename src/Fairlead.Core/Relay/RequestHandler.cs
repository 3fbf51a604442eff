using System.Runtime.CompilerServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Policy;
using Fairlead.Core.Routing;
using Fairlead.Core.Watching;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// Answers the requests of one conversation, in order. A listing plans a new route and goes down it until an agent answers; later requests
/// go to that agent.
/// </summary>
/// <remarks>
/// Requests that come from another host, through an ssh client of ours, get the leading agent only: that host's root
/// could otherwise use the keys of every laptop here.
/// </remarks>
internal sealed class RequestHandler : IDisposable
{
    private readonly UpstreamPreamble preamble = new();
    private readonly RoutePlanner planner;
    private readonly UpstreamOpener opener;
    private readonly RelayOptions options;
    private readonly WaitQueue? queue;
    private readonly CurrentUpstream current;
    private readonly KeyMerger merger;
    private readonly Signing signing;
    private readonly SignatureGate gate;
    private Route route = Route.Empty;
    private Task<IReadOnlyList<byte[]>>? wanted;
    private IReadOnlyList<PolicyRule> limits = [];
    private Objection? objection;
    private bool hasAnswer;
    private bool isLoop;

    /// <param name="queue">Where a listing that no agent answers waits; null for a conversation whose person waits for a report.</param>
    /// <param name="ask">Makes what asks the person about signatures, when a rule wants it; null for the same.</param>
    public RequestHandler(
        CallerIdentity caller, RoutePlanner planner, UpstreamOpener opener, RelayOptions options, WaitQueue? queue = null, Func<PersonAsking>? ask = null)
    {
        this.planner = planner;
        this.opener = opener;
        this.options = options;
        this.queue = queue;
        current = new CurrentUpstream(caller, planner, opener, preamble);
        merger = new KeyMerger(opener);
        signing = new Signing(current, merger, planner, Binds);
        gate = new SignatureGate(planner, Binds, ask);
    }

    /// <summary>The step of the agent that answered most recently; null if none did.</summary>
    public RouteStep? AnsweredBy => current.Upstream?.Step;

    /// <summary>The rule that let no agent answer the latest listing; null if there is none.</summary>
    public PolicyRule? DeniedBy => route.DeniedBy;

    /// <summary>The rule that limits the keys of the latest listing; null if none does.</summary>
    public PolicyRule? HiddenBy => limits.Count > 0 ? limits[0] : null;

    /// <summary>The facts and the route of the latest listing. Kept only for a person who wants reasons.</summary>
    public RoutePlan Plan { get; private set; } = RoutePlan.Empty;

    /// <summary>How many keys of the latest list no rule hides, and how many there were. Equal without rules.</summary>
    public (int Shown, int All) Listed { get; private set; }

    private BindLog Binds => preamble.Binds;

    /// <summary>The server that the caller logs in to, as far as the request and the binds before it tell, and the server that asks.</summary>
    public (BoundHost? Server, BoundHost? Asking) HostsOf(Frame request) =>
        (SignRequest.TryRead(request.Message, out SignRequest sign) ? Binds.ServerOf(sign) ?? Binds.ClaimedFor(sign) : Binds.Server, Binds.Asking);

    /// <summary>Why no agent was asked for the latest request: a rule says so, or another host may not change keys. Null if there is no such reason.</summary>
    public Objection? ObjectionTo(Frame request) => Request.KindOf(request.Message) switch
    {
        RequestKind.Change => MayChange ? objection : new Objection(RequestOutcome.Denied, Rule: null),
        RequestKind.Sign => objection,
        _ => DeniedBy is null ? null : new Objection(RequestOutcome.Denied, DeniedBy),
    };

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Frame> AnswerAsync(Frame request, RequestLifetime lifetime)
    {
        RequestKind kind = Request.KindOf(request.Message);
        return kind switch
        {
            RequestKind.Malformed => Frame.Of(AgentFrame.Failure),
            RequestKind.Trace => await TraceAsync(request, lifetime),
            _ when isLoop => Frame.Of(AgentFrame.Failure), // one of ours, on its way round again
            RequestKind.Bind => await BindAsync(request, lifetime),
            RequestKind.List => await ListAsync(request, lifetime),
            RequestKind.Sign => await SignAsync(request, lifetime),
            RequestKind.Change => await ChangeAsync(request, lifetime),
            _ => await ForwardAsync(request, kind, lifetime),
        };
    }

    public void Dispose()
    {
        current.Dispose();
        merger.Dispose();
    }

    /// <summary>
    /// Another fairlead asks whether we lead back to where its conversation has been, or a question of our own has come back to us.
    /// </summary>
    private async ValueTask<Frame> TraceAsync(Frame request, RequestLifetime lifetime)
    {
        if (!TraceExtension.TryReadRequest(request.Message, out string[] visited, out string? token))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        string instanceId = opener.Detector.InstanceId;
        if (visited.Contains(instanceId))
        {
            isLoop = true;
            opener.Detector.NoteReturn(token, new LoopEnd(current.Caller.Pid, current.Caller.AcceptedAt));
            return Frame.Of(TraceExtension.WriteAnswer(instanceId, leadsBack: true));
        }

        preamble.Visited = visited;
        preamble.Token = token;
        return Frame.Of(TraceExtension.WriteAnswer(instanceId, await LeadsBackAsync(lifetime)));
    }

    /// <summary>Whether all agents that would answer lead back. Each that is itself a fairlead is asked the same.</summary>
    private async ValueTask<bool> LeadsBackAsync(RequestLifetime lifetime)
    {
        bool leadsBack = false;
        foreach (RouteStep step in (await planner.PlanAsync(current.Caller)).Route.Steps)
        {
            bool isReached = await current.TurnToAsync(step, lifetime);
            if (isReached && await current.Upstream!.HearPrefaceAsync(lifetime))
            {
                return false;
            }

            if (!isReached && current.StaysWith(step))
            {
                break; // this question must not be a way round that
            }

            leadsBack |= step.Agent.InstanceId is not null;
        }

        return leadsBack;
    }

    /// <summary>
    /// Remembered for every later connection. Without an agent it is accepted: ssh continues either way, and one may arrive.
    /// </summary>
    private async ValueTask<Frame> BindAsync(Frame request, RequestLifetime lifetime)
    {
        Binds.Add(request.Bytes.Span);
        if (Binds.HasOverflowed)
        {
            return await ForwardAsync(request, RequestKind.Bind, lifetime);
        }

        if (current.Upstream is { IsReusable: true } connected && await SendBindsAsync(connected, lifetime) is Frame kept)
        {
            return kept;
        }

        return await HedgeAsync(SendBindsAsync, (_, _) => AnswerWorth.Final, mayAskPerson: false, lifetime) ?? Frame.Of(AgentFrame.Success);
    }

    /// <summary>The agent's answer to the most recent bind, or null if the connection has ended.</summary>
    private static async ValueTask<Frame?> SendBindsAsync(Upstream agent, RequestLifetime lifetime)
    {
        (bool lives, Frame? lastAnswer) = await agent.SendBindsAsync(lifetime);
        return lives ? lastAnswer ?? Frame.Of(AgentFrame.Success) : null;
    }

    /// <summary>
    /// A listing. (1) Plan the route and ask its agents, several side by side if one is late. (2) If no live agent answers, wait for news
    /// and ask again. (3) Add keys that the caller names, or that belong in every list. (4) Leave out those that a rule hides.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame> ListAsync(Frame request, RequestLifetime lifetime)
    {
        merger.TakeBack();
        wanted = null;
        Frame? list = await AskForListAsync(request, lifetime);
        if (list is null && MayCome && !lifetime.HasEnded && await queue!.HoldAsync(current.Caller, isBound: Binds.Count > 0) is Waiter waiter)
        {
            using (waiter)
            {
                lifetime.Watched?.NoteHeld();
                bool isWorthIt = !lifetime.HasEnded; // the first time at once: an agent may have arrived before anything watched
                while (isWorthIt)
                {
                    list = await AskForListAsync(request, lifetime);
                    isWorthIt = list is null && MayCome && await waiter.NextAsync(lifetime.Ended);
                }
            }
        }

        return list is null ? Frame.Of(AgentFrame.Failure) : Shown(await LendAsync(list, lifetime));
    }

    /// <summary>Without the keys that a rule hides from the caller.</summary>
    private Frame Shown(Frame list)
    {
        if (!IdentitiesAnswer.TryRead(list.Message, out IdentitiesAnswer all))
        {
            return list;
        }

        Listed = (all.Count, all.Count);
        gate.NoteKeys(all);
        if (limits.Count == 0)
        {
            return list;
        }

        using (list)
        {
            var decision = Decision.None with { Limits = limits };
            var shown = new ListedKeys(list.Message, key => decision.Shows(KeyFingerprint.Of(key)));
            Listed = (shown.Count, all.Count);
            return Frame.Of(shown.ToFrame());
        }
    }

    /// <summary>Who sees only some keys may not remove, add or lock any.</summary>
    private async ValueTask<Frame> ChangeAsync(Frame request, RequestLifetime lifetime)
    {
        objection = await gate.JudgeChangeAsync(current.Caller);
        return objection is null ? await ForwardAsync(request, RequestKind.Change, lifetime) : Frame.Of(AgentFrame.Failure);
    }

    private async ValueTask<Frame> SignAsync(Frame request, RequestLifetime lifetime)
    {
        objection = await gate.JudgeAsync(current.Caller, request, lifetime);
        if (objection is not null)
        {
            return Frame.Of(AgentFrame.Failure);
        }

        await current.SignForAsync(planner.Options.ChooseByHost && SignRequest.TryRead(request.Message, out SignRequest sign) ? Binds.ServerOf(sign) : null);
        try
        {
            return await signing.SignAsync(request, lifetime);
        }
        finally
        {
            current.EndSignature();
        }
    }

    /// <summary>
    /// An agent without keys is skipped, unless the person is known to be there. If no agent has keys, the first that said so has answered.
    /// </summary>
    private ValueTask<Frame?> AskForListAsync(Frame request, RequestLifetime lifetime)
    {
        hasAnswer = false;
        return HedgeAsync((agent, race) => ExchangeListAsync(agent, request, race), WorthOf, mayAskPerson: true, lifetime);
    }

    /// <summary>Reads the caller's command line while the agent answers: neither waits for the other.</summary>
    private ValueTask<Frame?> ExchangeListAsync(Upstream agent, Frame request, RequestLifetime race)
    {
        if (!options.MergesKeys && MayLend && (!route.IsWhole || route.Steps.Count > 1))
        {
            _ = WantedKeysAsync();
        }

        return agent.ExchangeAsync(request.Bytes, RequestKind.List, race);
    }

    /// <summary>
    /// A listing that no live agent has answered is worth holding. But an agent that refused has answered, a busy one will, and if a rule
    /// denies, none may.
    /// </summary>
    private bool MayCome => queue is not null && !hasAnswer && route.DeniedBy is null && !Binds.HasOverflowed
        && !route.Steps.Any(step => step.Agent.Health.IsBusy);

    private AnswerWorth WorthOf(Upstream agent, Frame answer)
    {
        hasAnswer = true;
        bool isList = IdentitiesAnswer.TryRead(answer.Message, out IdentitiesAnswer keys);
        return Binds.IsForwarded || (isList && (keys.Count > 0 || agent.Step.IsCertain || agent.Agent.IsLocked)) ? AnswerWorth.Final
            : isList ? AnswerWorth.Fallback : AnswerWorth.Nothing;
    }

    /// <summary>The answer of the agent that this conversation uses from now on; null if there is none.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Frame?> HedgeAsync(
        Func<Upstream, RequestLifetime, ValueTask<Frame?>> ask, Func<Upstream, Frame, AnswerWorth> judge, bool mayAskPerson, RequestLifetime lifetime)
    {
        route = await RouteAsync();
        if (lifetime.HasEnded)
        {
            return null;
        }

        var hedged = new HedgedRequest(opener, planner, current.Caller, preamble, ask, judge) { StaysWithLeader = Binds.IsForwarded, MayAskPerson = mayAskPerson };
        Upstream? connected = current.Upstream;
        current.Upstream = null;
        HedgedAttempt? chosen = await hedged.RunAsync(route, connected, lifetime);
        route = hedged.Route;
        current.Upstream = chosen?.Upstream;
        return chosen?.Answer;
    }

    /// <summary>If no other agent can get all binds, the one that has them stays.</summary>
    private async ValueTask<Route> RouteAsync()
    {
        if (Binds.HasOverflowed)
        {
            return current.Upstream is { IsReusable: true } upstream ? new Route([upstream.Step]) : Route.Empty;
        }

        await planner.RenewAsync();
        RoutePlan plan = await planner.PlanLeaderAsync(current.Caller);
        Plan = current.Caller.WantsReasons ? plan : Plan;
        limits = plan.Facts.Policy.Limits;
        return plan.Route;
    }

    /// <summary>
    /// Completes the leader's list with the key that the caller asks for by name, or with all keys if the configuration says so; see
    /// <see cref="KeyMerger"/>.
    /// </summary>
    private async ValueTask<Frame> LendAsync(Frame list, RequestLifetime lifetime)
    {
        if (!MayLend || (route.IsWhole && (route.Steps.Count < 2 || !Others.Any())) || !IdentitiesAnswer.TryRead(list.Message, out _))
        {
            return list;
        }

        IReadOnlyList<byte[]>? keys = options.MergesKeys ? null : await WantedKeysAsync();
        if (keys is { Count: 0 } && !Others.Any(KeyMerger.IsAlwaysAsked))
        {
            return list;
        }

        route = route.IsWhole ? route : (await planner.PlanAsync(current.Caller)).Route;
        return await merger.ExtendAsync(list, [.. Others], keys, preamble, lifetime);
    }

    /// <summary>Read once for each listing.</summary>
    private Task<IReadOnlyList<byte[]>> WantedKeysAsync() => wanted ??= planner.WantedKeysAsync(current.Caller).AsTask();

    private bool MayChange => !Binds.IsForwarded || options.AllowsForwardedChanges;

    private bool MayLend => !Binds.IsForwarded && !Binds.HasOverflowed;

    /// <summary>The agents after the one that answered.</summary>
    private IEnumerable<RouteStep> Others => route.Steps.SkipWhile(step => step.Agent != current.Upstream?.Agent).Skip(1);

    /// <summary>Passes a request on unchanged, once. One with side effects goes to the leader or nowhere.</summary>
    private async ValueTask<Frame> ForwardAsync(Frame request, RequestKind kind, RequestLifetime lifetime)
    {
        bool isChange = kind == RequestKind.Change;
        if ((isChange && !MayChange) || !await current.ConnectAsync(orNext: !isChange, lifetime))
        {
            return Frame.Of(AgentFrame.Failure);
        }

        Frame? answer = await current.Upstream!.ExchangeAsync(request.Bytes, kind, lifetime);
        NoteChange(request, kind, answer);
        if (answer is null || kind == RequestKind.Query)
        {
            current.Drop();
        }

        return answer ?? Frame.Of(AgentFrame.Failure);
    }

    private void NoteChange(Frame request, RequestKind kind, Frame? answer)
    {
        if (kind != RequestKind.Change || answer?.Type != AgentMessageType.SSH_AGENT_SUCCESS)
        {
            return;
        }

        queue?.LookAgain(); // whatever waits for keys may have some now
        if (request.Type is AgentMessageType.SSH_AGENTC_LOCK or AgentMessageType.SSH_AGENTC_UNLOCK)
        {
            current.Upstream!.Agent.IsLocked = request.Type == AgentMessageType.SSH_AGENTC_LOCK;
        }
    }
}
