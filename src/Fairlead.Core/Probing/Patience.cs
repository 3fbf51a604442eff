using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;

namespace Fairlead.Core.Probing;

/// <summary>
/// How long fairlead waits for one question to an agent that normally needs no person: the agent's time for an answer, which starts again
/// with each byte. If the agent is not in time, fairlead asks the kernel whether its laptop can be reached.
/// </summary>
/// <remarks>
/// An answer in time costs a timer that never fires. fairlead asks the kernel a little after the first moment when an acknowledgement can
/// be late, and from then on every quarter of a second at most. It also asks at the beginning if it has not heard from the agent for a
/// while, because earlier data may still be unacknowledged.
/// </remarks>
internal sealed class Patience(EventLoop loop, ReachReader reader, AgentTimeouts timeouts, Agent agent, TimeSpan limit) : IDisposable
{
    /// <summary>
    /// No retransmission time-out is shorter than 200 ms (TCP_RTO_MIN, linux/net/tcp.h); the round trip comes on top, on a local network
    /// some milliseconds.
    /// </summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(220);

    /// <summary>The kernel's timers are this late at most, even on a busy machine.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    /// <summary>An agent that was heard within this time is there.</summary>
    private static readonly TimeSpan JustHeard = TimeSpan.FromSeconds(1);

    private readonly long began = loop.Time.GetTimestamp();
    private TimeSpan? heard;
    private LoopTimer? timer;
    private bool hasLearned;
    private bool hasEnded;
    private bool isAwake;

    /// <summary>
    /// Called once, when another agent should be asked: this one is out of reach, or its time is up although it is awake. The wait for it
    /// continues. Null if there is no other agent to ask: then the wait ends when the time is up.
    /// </summary>
    public Action? Late { get; set; }

    /// <summary>Called once, when the wait for the question ends.</summary>
    public Action? Over { get; set; }

    /// <summary>An agent that is awake may ask its person first: it gets <see cref="AgentTimeouts.Awake"/>.</summary>
    public bool OutlastsAwake { get; init; }

    /// <summary>Another agent should be asked, or should have been.</summary>
    public bool IsLate { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Bytes of the answer have arrived: it is on its way.</summary>
    public bool HasBegun => heard is not null;

    private TimeSpan Elapsed => loop.Time.GetElapsedTime(began);

    /// <summary>The time at which it is over, counted from the beginning.</summary>
    private TimeSpan End => isAwake ? timeouts.Awake : heard is TimeSpan last ? AgentTimeouts.Shorter(last + limit, timeouts.Whole) : limit;

    public Patience Begin()
    {
        if (Watches && agent.Reach is Reachability reach && loop.Time.GetElapsedTime(agent.Health.Heard) > JustHeard && reach.Look() == Reach.Out)
        {
            BecomeLate();
        }

        Schedule(FirstLook);
        return this;
    }

    /// <summary>A part of the answer has arrived.</summary>
    public void NoteProgress() => heard = Elapsed;

    /// <summary>Ends it now: another agent has answered in this one's place.</summary>
    public void Finish()
    {
        if (!IsOver)
        {
            IsOver = true;
            Dispose();
            Over?.Invoke();
        }
    }

    public void Dispose()
    {
        hasEnded = true;
        timer?.Dispose();
        if (isAwake)
        {
            isAwake = false;
            agent.Health.EndAwake();
        }
    }

    /// <summary>Even before its time is up, it matters whether the agent can be reached.</summary>
    private bool Watches => Late is not null && !IsLate && (agent.Reach is not null || !hasLearned);

    /// <summary>The code that learned that it is late may have ended it.</summary>
    private void Schedule(TimeSpan next)
    {
        if (hasEnded)
        {
            return;
        }

        TimeSpan due = Watches ? AgentTimeouts.Shorter(next, End) : End;
        TimeSpan delay = due - Elapsed;
        timer = loop.Schedule(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Look);
    }

    private void Look()
    {
        if (Watches && agent.Reach is null)
        {
            hasLearned = true;
            loop.Observe(LearnAsync());
        }

        TimeSpan timeout = TimeSpan.Zero;
        Reach reach = agent.Reach?.Look(out timeout) ?? Reach.Unknown;
        if (reach == Reach.Out)
        {
            BecomeLate();
        }

        if (!hasEnded && Elapsed >= End)
        {
            if (!MayAskPerson(reach))
            {
                Finish();
                return;
            }

            isAwake = true;
            agent.Health.BeginAwake();
            BecomeLate();
        }

        TimeSpan next = Elapsed + (reach == Reach.Pending ? Margin : AgentTimeouts.Step);
        Schedule(reach == Reach.Pending && timeout + Margin > next ? timeout + Margin : next);
    }

    /// <summary>Its time is up for the first time, no byte of an answer has arrived, and its laptop has received the question.</summary>
    private bool MayAskPerson(Reach reach) => OutlastsAwake && !isAwake && !HasBegun && reach == Reach.Acknowledged && timeouts.Awake > limit;

    private async Task LearnAsync()
    {
        await reader.LearnAsync(agent);
        if (agent.Reach is not null && !hasEnded)
        {
            timer?.Dispose();
            Look();
        }
    }

    private void BecomeLate()
    {
        if (!IsLate)
        {
            IsLate = true;
            Late?.Invoke();
        }
    }
}
