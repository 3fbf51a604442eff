using System.Runtime.CompilerServices;
using Fairlead.Core.Agents;
using Fairlead.Core.Callers;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;

namespace Fairlead.Core.Relay;

/// <summary>
/// Asks down a route for an answer that any of its agents may give. It skips an agent that has ended at once. When an agent is late, it
/// asks others beside it, and when the time is up the best answer so far counts.
/// </summary>
/// <remarks>
/// It skips an agent out of reach as soon as the kernel knows. It keeps waiting for one that is awake after its time is up if no other has
/// an answer, because it may be asking its person.
/// </remarks>
/// <param name="ask">Asks one agent, connected; null when it does not answer.</param>
/// <param name="judge">The value of an answer of this agent.</param>
/// <param name="planner">Finds the agents after the leader, if the leader does not do.</param>
/// <param name="caller">The caller.</param>
internal sealed class HedgedRequest(
    UpstreamOpener opener,
    RoutePlanner planner,
    CallerIdentity caller,
    UpstreamPreamble preamble,
    Func<Upstream, RequestLifetime, ValueTask<Frame?>> ask,
    Func<Upstream, Frame, AnswerWorth> judge)
{
    private readonly EventLoop loop = opener.Loop;
    private readonly AgentTimeouts timeouts = opener.AgentTimeouts;
    private readonly LoopSignal progress = new();
    private HedgedAttempt?[] candidates = [];
    private Upstream? open;
    private long began;
    private bool hasProgress;
    private bool hasProbed;
    private RequestLifetime race;

    /// <summary>Requests from further hosts get the leader, and the next one only if it is dead.</summary>
    public bool StaysWithLeader { get; init; }

    /// <inheritdoc cref="Upstream.MayAskPerson"/>
    public bool MayAskPerson { get; init; }

    /// <summary>The agents to ask, in order: complete if the leader did not do.</summary>
    public Route Route { get; private set; } = Route.Empty;

    /// <param name="route">The agents to ask, in order, as far as they are known.</param>
    /// <param name="connected">A connection that the conversation already has. The request takes it over.</param>
    /// <returns>The agent that answered, and its answer; null if none did.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HedgedAttempt?> RunAsync(Route route, Upstream? connected, RequestLifetime lifetime)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(lifetime.Ended);
        using CancellationTokenRegistration end = over.Token.UnsafeRegister(static progress => ((LoopSignal)progress!).Raise(Wake.Closed), progress);
        race = lifetime with { Ended = over.Token };
        Route = route;
        candidates = new HedgedAttempt?[Steps.Count];
        open = connected;
        began = loop.Time.GetTimestamp();
        HedgedAttempt? chosen = await ChooseAsync();
        if (chosen is null && await IsAnyBackAsync())
        {
            chosen = await ChooseAsync();
        }

        open?.Dispose();
        if (chosen is not null)
        {
            PassOverBefore(chosen);
        }

        foreach (HedgedAttempt? attempt in candidates)
        {
            if (attempt is { IsFinished: true } && attempt != chosen)
            {
                attempt.Dispose();
            }
        }

        over.Cancel(); // those that are still asked end themselves
        return chosen;
    }

    private IReadOnlyList<RouteStep> Steps => Route.Steps;

    private TimeSpan Elapsed => loop.Time.GetElapsedTime(began);

    /// <summary>The first of the route that is still within its time.</summary>
    private HedgedAttempt? Awaited => Array.Find(candidates, attempt => attempt is { IsFinished: false, IsLate: false });

    /// <summary>Goes down the route until an answer counts, or no agent is left.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HedgedAttempt?> ChooseAsync()
    {
        HedgedAttempt? chosen = null;
        while (!race.HasEnded)
        {
            if (!TryChoose(out chosen))
            {
                await WaitAsync();
            }
            else if (chosen is null && !Route.IsWhole)
            {
                await CompleteAsync();
            }
            else
            {
                break;
            }
        }

        return chosen;
    }

    /// <summary>
    /// No agent has an answer, and some owe one for so long that they were asked again whether they are there
    /// (<see cref="Probing.LoopDetector.AskAgainWhenDue"/>): waits for that, and gives those that are there their turn.
    /// </summary>
    private async ValueTask<bool> IsAnyBackAsync()
    {
        bool isAnyBack = false;
        for (int i = 0; i < candidates.Length; i++)
        {
            Agent agent = Steps[i].Agent;
            if (candidates[i] is not null && agent is { Health.IsStalled: true, FirstContact: { HasEnded: false } contact }
                && !race.HasEnded && contact.AnsweredOrStalled.Subscribe(progress))
            {
                await progress.WaitAsync();
                if (!agent.Health.IsStalled)
                {
                    candidates[i]!.Dispose();
                    candidates[i] = null;
                    isAnyBack = true;
                }
            }
        }

        began = loop.Time.GetTimestamp();
        return isAnyBack && !race.HasEnded;
    }

    /// <summary>Goes down the route and asks the agents whose turn it is.</summary>
    /// <returns>Whether nothing is left to wait for.</returns>
    private bool TryChoose(out HedgedAttempt? chosen)
    {
        chosen = null;
        bool isWaiting = false;
        bool isAnyLate = false;
        for (int i = 0; i < candidates.Length && !race.HasEnded; i++)
        {
            if (candidates[i] is null && isWaiting && !Steps[i].Agent.Health.HasListed)
            {
                continue;
            }

            HedgedAttempt attempt = candidates[i] ?? Ask(i);
            if (!attempt.IsFinished)
            {
                isWaiting |= !attempt.IsLate;
                isAnyLate |= attempt.IsLate;
                if (StaysWithLeader || (!attempt.IsLate && !IsTimeUp))
                {
                    return false;
                }
            }
            else if (attempt.Worth == AnswerWorth.Final)
            {
                chosen = attempt;
                return true;
            }
            else if (StaysWithLeader && attempt is { Agent.IsUsable: true, Upstream.LeadsBack: false })
            {
                return true;
            }
        }

        chosen = isWaiting ? null : Array.Find(candidates, attempt => attempt?.Worth == AnswerWorth.Fallback);
        return !isWaiting && (!isAnyLate || chosen is not null);
    }

    /// <summary>If no agent is asked beside another, each has its own time.</summary>
    private bool IsTimeUp => AsksBeside
        && Awaited is { Agent.Health: { IsBusy: false } health, Upstream.IsAnswering: false } && Elapsed >= timeouts.AnswerOf(health.Usual);

    /// <summary>Only late agents are left to wait for.</summary>
    private bool AreAllLate => Awaited is null && Array.Exists(candidates, attempt => attempt is { IsFinished: false });

    private bool AsksBeside => timeouts.AsksOthers && !StaysWithLeader && (candidates.Length > 1 || !Route.IsWhole);

    private HedgedAttempt Ask(int index)
    {
        bool isOpen = open is not null && open.Agent == Steps[index].Agent && open.IsReusable;
        var attempt = new HedgedAttempt(isOpen ? open! : opener.Prepare(Steps[index], preamble));
        open = isOpen ? null : open;
        candidates[index] = attempt;
        attempt.Upstream.BecameLate = () => BecomeLate(attempt);
        attempt.Upstream.MayAskPerson = MayAskPerson;
        loop.Observe(AskAsync(attempt, isOpen));
        return attempt;
    }

    private async Task AskAsync(HedgedAttempt attempt, bool isOpen)
    {
        try
        {
            if (isOpen || await attempt.Upstream.OpenAsync(race))
            {
                attempt.Answer = await ask(attempt.Upstream, race);
            }

            if (attempt is { Answer: null, Upstream.LeadsBack: false, Agent: { IsUsable: true, Health.IsSilent: false } } && StaysWithLeader && !race.HasEnded)
            {
                // It hung up, as some do on requests that they do not like: only a new connection shows whether it has ended.
                using Upstream again = opener.Prepare(attempt.Upstream.Step, preamble);
                _ = await again.OpenAsync(race);
            }
        }
        finally
        {
            Finish(attempt);
        }
    }

    private void Finish(HedgedAttempt attempt)
    {
        attempt.IsFinished = true;
        attempt.Worth = attempt.Answer is Frame answer ? judge(attempt.Upstream, answer) : AnswerWorth.Nothing;
        if (race.HasEnded)
        {
            attempt.Dispose();
            return;
        }

        Go();
    }

    private void BecomeLate(HedgedAttempt attempt)
    {
        attempt.IsLate = true;
        Go();
    }

    private void Go()
    {
        hasProgress = true;
        progress.Raise(Wake.Ready);
    }

    /// <summary>The agents before the one that answered have let their time pass; nothing waits for them again until they answer.</summary>
    private void PassOverBefore(HedgedAttempt chosen)
    {
        chosen.Upstream.BecameLate = null;
        HedgedAttempt? awaited = Awaited;
        for (int i = 0; candidates[i] != chosen; i++)
        {
            if (candidates[i] is { IsFinished: false } attempt && (attempt.IsLate || attempt == awaited))
            {
                attempt.Upstream.PassOver();
            }
        }
    }

    /// <summary>
    /// Until an agent has answered, or it is time to ask another one as well. Busy is not late: the clock stands still while the agent asks
    /// a person for another request.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync()
    {
        if (hasProgress)
        {
            hasProgress = false;
            return;
        }

        if ((IsTimeUp || AreAllLate) && !Route.IsWhole)
        {
            await CompleteAsync();
            return;
        }

        HedgedAttempt? awaited = Awaited;
        bool isBusy = awaited is { Agent.Health.IsBusy: true };
        bool isInTime = awaited is not null && Elapsed < timeouts.AnswerOf(awaited.Agent.Health.Usual);
        using LoopTimer? timer = AsksBeside && !isBusy && isInTime ? loop.Schedule(NextLook(), () => progress.Raise(Wake.TimedOut)) : null;
        if (await progress.WaitAsync() == Wake.TimedOut && !IsTimeUp)
        {
            await CompleteAsync();
            if (!race.HasEnded && !hasProgress)
            {
                AskBeside();
            }
        }

        hasProgress = false;
        if (isBusy)
        {
            began = loop.Time.GetTimestamp();
        }
    }

    /// <summary>When the current agent becomes late, each step after that, and when its time is up.</summary>
    private TimeSpan NextLook()
    {
        TimeSpan usual = Awaited?.Agent.Health.Usual ?? TimeSpan.Zero;
        TimeSpan late = timeouts.LateAfter(usual);
        TimeSpan next = Elapsed < late ? late : late + (AgentTimeouts.Step * (Math.Floor((Elapsed - late) / AgentTimeouts.Step) + 1));
        TimeSpan end = timeouts.AnswerOf(usual);
        return AgentTimeouts.Shorter(next, end) - Elapsed;
    }

    /// <summary>
    /// One more of those that have listed keys for a person before. The others are only asked whether they are there, because some ask a
    /// person before they list.
    /// </summary>
    private void AskBeside()
    {
        int[] unasked = [.. Enumerable.Range(0, candidates.Length).Where(i => candidates[i] is null)];
        int next = Array.FindIndex(unasked, i => Steps[i].Agent.Health.HasListed);
        if (next >= 0)
        {
            Ask(unasked[next]);
        }

        TimeSpan left = timeouts.AnswerOf(Awaited?.Agent.Health.Usual ?? TimeSpan.Zero) - Elapsed;
        if (!hasProbed && left >= AgentTimeouts.Step)
        {
            hasProbed = true; // with less time, an agent that is there might not show it, and would be skipped
            foreach (int i in unasked)
            {
                Probe(Steps[i].Agent, left);
            }
        }
    }

    private void Probe(Agent agent, TimeSpan left)
    {
        if (agent is { IsProbed: true, Health: { HasListed: false, IsBusy: false, IsStalled: false }, FirstContact.HasEnded: true })
        {
            _ = opener.Detector.ProbeAgain(agent, left);
        }
    }

    /// <summary>Finds the agents after the leader, if only that was known.</summary>
    private async ValueTask CompleteAsync()
    {
        if (Route.IsWhole)
        {
            return;
        }

        RouteStep leader = Steps[0];
        Route whole = (await planner.PlanAsync(caller)).Route;
        Route = whole with { Steps = [leader, .. whole.Steps.Where(step => step.Agent != leader.Agent)] };
        Array.Resize(ref candidates, Steps.Count);
    }
}
