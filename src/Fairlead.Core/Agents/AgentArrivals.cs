using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>
/// Tells waiters for an agent when it is worth asking again: an agent has arrived, or a silent one has answered. Belongs to the loop.
/// </summary>
/// <remarks>
/// It watches the folders in which agents appear only while somebody waits. Everything that the registry learns by other means, a request
/// or the registration of a login, is also news.
/// </remarks>
internal sealed class AgentArrivals
{
    /// <summary>How long after the end of an agent, or the start of a login, the next agent is about to appear.</summary>
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

    /// <summary>How long an agent is still about to appear; zero or less if none is.</summary>
    public TimeSpan Expected => expectedSince is long since ? Soon - loop.Time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>How many folders it watches now: none while nobody waits.</summary>
    public int Watched => watch.Watched;

    /// <summary>
    /// Calls back at each piece of news from now on, never before this returns. A new waiter must ask once more, because it does not get
    /// earlier news.
    /// </summary>
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

    /// <summary>A login has started: its agent is there, or will be soon.</summary>
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
            loop.Post(TellAll); // the code that reports news may be in the middle of a change of the registry
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

    /// <summary>Compares the sockets, because a reload of the configuration makes new records of the same ones.</summary>
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

    /// <summary>
    /// An agent that refuses from the start, as a killed login leaves it behind, did not end now. One that leads back to us never was an
    /// agent.
    /// </summary>
    private static bool HadBeenAlive(Agent agent) => agent is { Listener: not null, Refusal: null };
}
