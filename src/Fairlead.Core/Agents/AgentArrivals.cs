using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>
/// Tells those who wait for an agent when it is worth asking again: an agent has come, or one that was silent has answered. Belongs to the loop.
/// </summary>
/// <remarks>
/// The folders in which agents appear are watched while somebody waits, and only then. All that the registry learns by other means, a request or
/// the registration of a login, is news as well.
/// </remarks>
internal sealed class AgentArrivals
{
    /// <summary>How long after an agent's end, or a login's start, the next agent is about to appear.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly EventLoop loop;
    private readonly AgentRegistry registry;
    private readonly ArrivalWatch watch;
    private readonly List<Action> waiting = [];
    private Dictionary<(FileIdentity, DateTimeOffset), Agent> known = [];
    private long? expectedSince;
    private bool isTelling;

    public AgentArrivals(EventLoop loop, AgentRegistry registry)
    {
        this.loop = loop;
        this.registry = registry;
        watch = new ArrivalWatch(loop, registry);
        registry.Changed += NoteAgents;
    }

    /// <summary>For how long an agent is still about to appear; nothing or less when none is.</summary>
    public TimeSpan Expected => expectedSince is long since ? Soon - loop.Time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How many folders are watched now: none while nobody waits.</summary>
    public int Watched => watch.Watched;

    /// <summary>Calls back at each news from now on, never before this returns. Whoever joins asks once more: what came before is not told.</summary>
    public void Join(Action tell)
    {
        waiting.Add(tell);
        watch.Begin();
    }

    public void Leave(Action tell)
    {
        if (waiting.Remove(tell) && waiting.Count == 0)
        {
            watch.End();
        }
    }

    /// <summary>A login has started: its agent is there, or is about to be.</summary>
    public void NoteLogin()
    {
        expectedSince = loop.Time.GetTimestamp();
        watch.Look();
        Tell();
    }

    /// <summary>It is worth asking again.</summary>
    public void Tell()
    {
        if (waiting.Count > 0 && !isTelling)
        {
            isTelling = true;
            loop.Post(TellAll); // whoever has news of the registry may be in the middle of a change of it
        }
    }

    private void TellAll()
    {
        isTelling = false;
        foreach (Action tell in waiting.ToArray())
        {
            tell();
        }
    }

    /// <summary>Reading the configuration again makes new records of the same sockets, so the sockets are compared.</summary>
    private void NoteAgents()
    {
        var present = registry.Agents.ToDictionary(agent => (agent.Identity, agent.Created));
        if (known.Any(agent => !present.ContainsKey(agent.Key) && HadBeenAlive(agent.Value)))
        {
            expectedSince = loop.Time.GetTimestamp();
        }

        foreach (Agent agent in registry.Agents)
        {
            agent.Health.Recovered = Tell;
        }

        bool hasCome = present.Keys.Any(agent => !known.ContainsKey(agent));
        known = present;
        if (hasCome)
        {
            Tell();
        }
    }

    /// <summary>One that refuses from the start, as a killed login leaves it behind, has not ended now. One that leads back to us never was one.</summary>
    private static bool HadBeenAlive(Agent agent) => agent is { Listener: not null, Refusal: null };
}
