using System.Collections.Concurrent;

namespace Fairlead.EndToEnd.Chaos;

/// <summary>
/// What is right: who is there, how each stands, what was asked of whom. Told of each change before it happens where it makes an agent worse, and after it
/// has happened where it makes one better, so that no race is taken for a fault.
/// </summary>
internal sealed class Model
{
    private readonly Lock gate = new();
    private readonly Dictionary<ChaosAgent, Standing> living = [];
    private readonly HashSet<Witness> witnesses = [];
    private readonly Dictionary<string, ClientConversation> conversations = [];
    private readonly Dictionary<string, Delivery> deliveries = [];

    /// <summary>What was not right.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>How an agent stands from now on.</summary>
    public void Note(ChaosAgent agent, Standing standing)
    {
        lock (gate)
        {
            living[agent] = standing;
            foreach (Witness witness in witnesses)
            {
                witness.See(agent, standing);
            }
        }
    }

    /// <summary>An agent behaves differently from now on.</summary>
    public void Turn(ChaosAgent agent, Temper temper)
    {
        lock (gate)
        {
            agent.IsDoubted |= temper.LeavesDoubt;
            Note(agent, agent.IsDoubted && temper.Standing == Standing.Able ? Standing.Uncertain : temper.Standing);
            agent.Turn(temper);
        }
    }

    /// <summary>It was silent, and has answered a request that came after its waking: fairlead knows that it is back.</summary>
    public void NoteBack(ChaosAgent agent, Witness witness)
    {
        lock (gate)
        {
            if (agent is { IsDoubted: true, Temper.Standing: Standing.Able } && witness.HasSeenOnly(agent, Standing.Uncertain) && living.ContainsKey(agent))
            {
                agent.IsDoubted = false;
                Note(agent, Standing.Able);
            }
        }
    }

    public void Forget(ChaosAgent agent)
    {
        lock (gate)
        {
            living.Remove(agent);
        }
    }

    public Standing? StandingOf(ChaosAgent agent)
    {
        lock (gate)
        {
            return living.TryGetValue(agent, out Standing standing) ? standing : null;
        }
    }

    /// <summary>Begins to note all that happens, for as long as a request is under way.</summary>
    /// <param name="own">The agent of the login that the request comes from.</param>
    public Witness Watch(ChaosAgent? own)
    {
        lock (gate)
        {
            var witness = new Witness(this, own, living);
            witnesses.Add(witness);
            return witness;
        }
    }

    public void Dismiss(Witness witness)
    {
        lock (gate)
        {
            witnesses.Remove(witness);
        }
    }

    public void Open(ClientConversation conversation)
    {
        lock (gate)
        {
            conversations[conversation.Name] = conversation;
        }
    }

    /// <summary>A conversation is about to be bound to one more session.</summary>
    public void Bind(ClientConversation conversation, string session, bool isForwarding)
    {
        lock (gate)
        {
            conversation.Binds.Add(session);
            conversation.IsForwarded |= isForwarding;
        }
    }

    /// <summary>Something that may be asked once has reached an agent.</summary>
    /// <param name="what">What tells it from every other.</param>
    /// <param name="binds">The sessions that this connection was bound to before.</param>
    public Delivery? Deliver(string what, ChaosAgent agent, IReadOnlyList<string> binds)
    {
        lock (gate)
        {
            if (!conversations.TryGetValue(what.Split('.')[0], out ClientConversation? conversation))
            {
                return null;
            }
            IEnumerable<string> due = conversation.BindsBefore(what);
            if (!binds.SequenceEqual(due))
            {
                Faults.Enqueue($"{what} reached {agent.Name} after the binds [{string.Join(' ', binds)}], not [{string.Join(' ', due)}]");
            }
            if (deliveries.TryGetValue(what, out Delivery? before) && (before.IsPending || before.IsChange))
            {
                Faults.Enqueue($"{what} reached {agent.Name} and, before that, {before.Agent.Name}");
            }
            return deliveries[what] = new Delivery(agent, ClientConversation.IsChange(what));
        }
    }

    /// <summary>Judges an answer by what happened until now.</summary>
    public void Judge(Func<string?> law, Func<string, string> describe)
    {
        lock (gate)
        {
            if (law() is string fault)
            {
                Faults.Enqueue(describe(fault));
            }
        }
    }

    /// <summary>Who was asked it last; null when nobody was.</summary>
    public Delivery? DeliveryOf(string what)
    {
        lock (gate)
        {
            return deliveries.GetValueOrDefault(what);
        }
    }
}
