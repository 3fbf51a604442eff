using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Options;

namespace Fairlead.Core.Probing;

/// <summary>
/// How long one question to an agent is waited for that is answered without a person, as a rule: the agent's time for an answer, begun again with each byte
/// of it. Where the agent is not in time the kernel is asked whether its laptop can be reached.
/// </summary>
/// <remarks>
/// An answer in time costs a timer that never fires. The kernel is asked a little after the first moment in which an acknowledgement can be late, and at most
/// every quarter of a second from then on; and at the beginning if the agent has not been heard for a while, because something else may have been
/// waiting for its acknowledgement since then.
/// </remarks>
internal sealed class Patience(EventLoop loop, ReachReader reader, AgentTimeouts timeouts, Agent agent, TimeSpan limit) : IDisposable
{
    /// <summary>
    /// No retransmission time-out is shorter than 200 ms (TCP_RTO_MIN, linux/net/tcp.h); the journey there and back comes on top, on a local network some
    /// milliseconds.
    /// </summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(220);

    /// <summary>The kernel's timers are this late at most, on a busy machine too.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    /// <summary>An agent that was heard so short a time ago is there.</summary>
    private static readonly TimeSpan JustHeard = TimeSpan.FromSeconds(1);

    private readonly long began = loop.Time.GetTimestamp();
    private TimeSpan? heard;
    private LoopTimer? timer;
    private bool hasLearned;
    private bool hasEnded;
    private bool isAwake;

    /// <summary>
    /// Called once, when another agent should be asked: this one is out of reach, or its time is up although it is awake. It goes on being waited for. Null
    /// where nobody wants to know: then an agent's time is up when it is up.
    /// </summary>
    public Action? Late { get; set; }

    /// <summary>Called once, when the question is not to be waited for any longer.</summary>
    public Action? Over { get; set; }

    /// <summary>An agent that is awake may ask its person first: it gets <see cref="AgentTimeouts.Awake"/>.</summary>
    public bool OutlastsAwake { get; init; }

    /// <summary>Another agent should be asked, or should have been.</summary>
    public bool IsLate { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Bytes of the answer have come: it is on its way.</summary>
    public bool HasBegun => heard is not null;

    private TimeSpan Elapsed => loop.Time.GetElapsedTime(began);

    /// <summary>When it is over, counted from the beginning.</summary>
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

    /// <summary>A part of the answer has come.</summary>
    public void NoteProgress() => heard = Elapsed;

    /// <summary>It is over now: another agent has answered in this one's place.</summary>
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

    /// <summary>It makes a difference whether the agent can be reached, even before its time is up.</summary>
    private bool Watches => Late is not null && !IsLate && (agent.Reach is not null || !hasLearned);

    /// <summary>Whoever was told that it is late may have ended it.</summary>
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

    /// <summary>Its time is up for the first time, nothing of an answer has come, and its laptop has received the question.</summary>
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
