using Fairlead.Core.Agents;
using Fairlead.Core.Frames;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Options;
using Fairlead.Protocol;

namespace Fairlead.Core.Probing;

/// <summary>
/// Finds agents whose far end is our own socket: <c>ssh -A localhost</c> from a pane makes one, so does a way out to another host and back, and asking
/// it would go round until no descriptor is left.
/// </summary>
/// <remarks>
/// Each agent is asked once, on a connection of its own, before its first use; agents that are no fairlead answer with a failure. Those that are one are
/// told with each further connection where its conversation has been, for a loop may close later.
/// </remarks>
internal sealed class LoopDetector(EventLoop loop, AgentRegistry registry, AgentConnector connector, ReachReader reader, RelayOptions options, string instanceId)
{
    /// <summary>The agents that are being asked, by the word that would come back.</summary>
    private readonly Dictionary<string, Agent> asked = [];

    public string InstanceId => instanceId;

    /// <summary>The first contact with an agent: the one that is under way, or was made. One that could not be reached is tried again.</summary>
    public FirstContact Probe(Agent agent) =>
        agent.FirstContact is FirstContact known && (agent.IsProbed || !known.HasEnded)
            ? known
            : Begin(agent, options.AgentTimeouts.Answer, isFirst: true);

    /// <summary>Finds out whether an agent is still there, without asking it for keys: some ask a person before they list any.</summary>
    /// <param name="limit">After which it counts as stalled, until it answers.</param>
    public FirstContact ProbeAgain(Agent agent, TimeSpan limit) => Begin(agent, limit, isFirst: false);

    /// <summary>A question for a new connection; null when the conversation has come through too many already.</summary>
    /// <param name="visited">The instances that the conversation has come through.</param>
    /// <param name="token">The first asker's word for where it has come from; null for a conversation that begins here.</param>
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
                loop.Observe(reader.LearnAsync(agent).AsTask()); // nobody waits for it: it is needed when an answer is late
                using var frames = new FrameStream(stream);
                await AskAsync(agent, contact, frames, limit, isFirst);
            }
        }
        finally
        {
            contact.HasEnded = true;
            contact.Connected.Happen();
            contact.AnsweredOrStalled.Happen(); // before the other: who waits for both must not take it for late
            contact.AnsweredOrLate.Happen();
        }
    }

    /// <summary>A connection that ends without an answer is one, too: we would have answered.</summary>
    /// <param name="isFirst">Nothing is known of the agent yet. One that was asked before is only to show, within the limit, that it is still there.</param>
    private async Task AskAsync(Agent agent, FirstContact contact, FrameStream frames, TimeSpan limit, bool isFirst)
    {
        long began = loop.Time.GetTimestamp();
        bool isStalled = false;
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
                _ = answer is not null && probe.Read(answer);
            }

            contact.PassOver = null;
            agent.IsProbed = true;
            if (!patience.IsLate && !isStalled)
            {
                agent.Health.NoteAnswer(loop.Time.GetElapsedTime(began)); // how long it slept says nothing of how long its answers take
            }
        }

        agent.Health.Heard = loop.Time.GetTimestamp();
        if (isStalled)
        {
            agent.Health.EndStall();
        }

        void BecomeStalled()
        {
            isStalled = true;
            agent.Health.BeginStall();
            contact.AnsweredOrStalled.Happen(); // before the other: who waits for both must not take it for late
            contact.AnsweredOrLate.Happen();
        }
    }
}
