using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Protocol;

namespace Fairlead.Core.Probing;

/// <summary>
/// Finds agents whose far end is our own socket: <c>ssh -A localhost</c> from a pane makes one, and so does a way out to another host and
/// back. A question to it would go round until no descriptor is left.
/// </summary>
/// <remarks>
/// Each agent is asked once, on a separate connection, before its first use; agents that are not a fairlead answer with a failure. A
/// fairlead learns with each further connection where its conversation has been, because a loop may close later.
/// </remarks>
internal sealed class LoopDetector(EventLoop loop, AgentRegistry registry, AgentConnector connector, ReachReader reader, RelayOptions options, string instanceId)
{
    /// <summary>The agents that are being asked, by the token that would come back.</summary>
    private readonly Dictionary<string, Agent> asked = [];

    public string InstanceId => instanceId;

    /// <summary>The first contact with an agent, in progress or done. An agent that could not be reached is tried again.</summary>
    public FirstContact Probe(Agent agent) =>
        agent.FirstContact is FirstContact known && (agent.IsProbed || !known.HasEnded)
            ? known
            : Begin(agent, options.AgentTimeouts.Answer, isFirst: true);

    /// <summary>
    /// Finds out whether an agent is still there, without asking it for keys, because some ask a person before they list any.
    /// </summary>
    /// <param name="limit">The time after which it counts as stalled, until it answers.</param>
    public FirstContact ProbeAgain(Agent agent, TimeSpan limit) => Begin(agent, limit, isFirst: false);

    /// <summary>
    /// Asks an agent that owes an answer for longer than any may take whether it is there, on a new connection: the answer may be lost, and
    /// nothing else would ever show it. Not if its laptop is out of reach: TCP keeps sending, so the owed answer arrives by itself.
    /// </summary>
    public void AskAgainWhenDue(Agent agent)
    {
        if (agent.Reach?.Look() != Reach.Out && agent.Health.TryAskAgain(loop.Time))
        {
            _ = ProbeAgain(agent, options.AgentTimeouts.AnswerOf(agent.Health.Usual));
        }
    }

    /// <summary>A question for a new connection; null when the conversation has come through too many already.</summary>
    /// <param name="visited">The instances that the conversation has come through.</param>
    /// <param name="token">The first asker's word for its origin; null for a conversation that begins here.</param>
    public LoopProbe? Begin(Agent agent, IReadOnlyList<string> visited, string? token)
    {
        if (visited.Count >= TraceExtension.MaxInstances)
        {
            return null;
        }

        string word = token ?? Guid.NewGuid().ToString("N");
        if (token is null)
        {
            asked[word] = agent;
        }

        return new LoopProbe(this, agent, word, TraceExtension.WriteRequest([.. visited, instanceId], word));
    }

    /// <summary>A question of ours has come back through one of our clients.</summary>
    public void NoteReturn(string? token, LoopEnd end)
    {
        if (token is not null && asked.TryGetValue(token, out Agent? agent))
        {
            agent.LoopEnd = end;
        }
    }

    /// <returns>Whether the agent may be used.</returns>
    internal bool Learn(Agent agent, Frame answer)
    {
        agent.IsProbed = true;
        if (!TraceExtension.TryReadAnswer(answer.Message, out string id, out bool leadsBack))
        {
            return true;
        }

        agent.InstanceId = id;
        if (id == instanceId)
        {
            registry.Refuse(agent, Refusal.LeadsBackToUs);
        }
        else if (!leadsBack)
        {
            agent.LoopEnd = null;
        }

        return !leadsBack && id != instanceId;
    }

    internal void Forget(string token) => asked.Remove(token);

    private FirstContact Begin(Agent agent, TimeSpan limit, bool isFirst)
    {
        var contact = new FirstContact();
        agent.FirstContact = contact;
        loop.Observe(ProbeAsync(agent, contact, limit, isFirst));
        return contact;
    }

    private async Task ProbeAsync(Agent agent, FirstContact contact, TimeSpan limit, bool isFirst)
    {
        try
        {
            (_, UnixStream? stream) = await connector.ConnectAsync(agent);
            contact.Connected.Happen();
            if (stream is not null)
            {
                loop.Observe(reader.LearnAsync(agent).AsTask()); // nothing waits for it: it is needed when an answer is late
                using var frames = new FrameStream(stream);
                await AskAsync(agent, contact, frames, limit, isFirst);
            }
        }
        finally
        {
            contact.HasEnded = true;
            contact.Connected.Happen();
            contact.AnsweredOrStalled.Happen(); // before the other: a caller that waits for both must not take it for late
            contact.AnsweredOrLate.Happen();
        }
    }

    /// <summary>A connection that ends without an answer is also an answer: we would have replied.</summary>
    /// <param name="isFirst">
    /// Nothing is known of the agent yet. An agent that was asked before must only show, within the limit, that it is still there.
    /// </param>
    private async Task AskAsync(Agent agent, FirstContact contact, FrameStream frames, TimeSpan limit, bool isFirst)
    {
        long began = loop.Time.GetTimestamp();
        bool isStalled = false;
        bool hasAnswered = false;
        Action giveUp = frames.Stream.Cancel;
        using (LoopProbe probe = Begin(agent, [], token: null)!)
        using (Patience patience = new Patience(loop, reader, options.AgentTimeouts, agent, limit)
        {
            OutlastsAwake = isFirst,
            Late = contact.AnsweredOrLate.Happen,
            Over = BecomeStalled,
        }.Begin())
        {
            contact.PassOver = patience.Finish;
            frames.Progressed = patience.NoteProgress;
            if (await frames.SendAsync(probe.Request) >= 0)
            {
                using Frame? answer = await frames.ReadAsync();
                hasAnswered = answer is not null;
                _ = hasAnswered && probe.Read(answer!);
            }

            contact.PassOver = null;
            agent.IsProbed = true;
            if (!patience.IsLate && !isStalled)
            {
                agent.Health.NoteAnswer(loop.Time.GetElapsedTime(began)); // its sleep says nothing about the time of its answers
            }
        }

        agent.Health.Heard = loop.Time.GetTimestamp();
        if (isStalled)
        {
            agent.Health.EndStall(giveUp);
        }

        if (hasAnswered)
        {
            agent.Health.ForgiveOwed();
        }

        void BecomeStalled()
        {
            isStalled = true;
            agent.Health.BeginStall(giveUp, options.AgentTimeouts.Awake, loop.Time);
            contact.AnsweredOrStalled.Happen(); // before the other: a caller that waits for both must not take it for late
            contact.AnsweredOrLate.Happen();
        }
    }
}
