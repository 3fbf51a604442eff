namespace Fairlead.EndToEnd.Chaos;

/// <summary>All that happened to agents while a request was under way. The model writes it, under its own lock, until it is disposed.</summary>
internal sealed class Witness : IDisposable
{
    private readonly Model model;
    private readonly ChaosAgent? own;
    private readonly Dictionary<ChaosAgent, List<Standing>> seen;
    private readonly HashSet<ChaosAgent> fromTheStart;
    private readonly HashSet<ChaosAgent> hadListed;
    private readonly HashSet<ChaosAgent> wasFound;

    public Witness(Model model, ChaosAgent? own, IReadOnlyDictionary<ChaosAgent, Standing> living)
    {
        this.model = model;
        this.own = own;
        seen = living.ToDictionary(agent => agent.Key, agent => Standings(agent.Key, agent.Value));
        fromTheStart = [.. living.Keys];
        hadListed = [.. living.Keys.Where(agent => agent.HasListed)];
        wasFound = [.. living.Keys.Where(agent => agent.IsFound || agent.IsConfigured)];
    }

    /// <summary>Every agent that was there at some time, in the order of the route: the caller's own, then the newest first, then the configured one.</summary>
    public IEnumerable<ChaosAgent> Route =>
        seen.Keys.OrderByDescending(agent => agent == own && !agent.IsConfigured).ThenBy(agent => agent.IsConfigured).ThenByDescending(agent => agent.Number);

    /// <summary>
    /// Those of the route that may answer a list: whoever stands before the first that certainly does, and that one. Beside a silent one nobody is asked who has
    /// never listed before, because some ask a person first: then one behind it may be faster.
    /// </summary>
    public List<ChaosAgent> MayAnswer
    {
        get
        {
            List<ChaosAgent> route = [.. Route];
            int mayBeLate = route.FindIndex(agent => HasSeen(agent, Standing.Uncertain, Standing.Coming));
            int certain = route.FindIndex(agent => IsAble(agent) && IsKnown(agent) && (mayBeLate < 0 || route.IndexOf(agent) < mayBeLate || hadListed.Contains(agent)));
            return certain < 0 ? route : route[..(certain + 1)];
        }
    }

    /// <summary>
    /// Who stood before this one in the route all the time, and never hung up or said what it is hung up on for: for another host nobody but the leader answers while
    /// it lives.
    /// </summary>
    public ChaosAgent? Before(ChaosAgent agent) => Route.TakeWhile(other => other != agent)
        .FirstOrDefault(other => fromTheStart.Contains(other) && IsKnown(other) && !HasSeen(other, Standing.Coming, Standing.Ending, Standing.Lying));

    public bool IsOwn(ChaosAgent agent) => agent == own;

    /// <summary>
    /// A request does not wait until a crowded /tmp has been read: another login's agent that has just come may be missing from its route, unless it is the first
    /// that there is.
    /// </summary>
    public bool IsKnown(ChaosAgent agent) => IsOwn(agent) || wasFound.Contains(agent) || wasFound.Count == 0;

    /// <summary>It could answer all the time.</summary>
    public bool IsAble(ChaosAgent agent) => HasSeenOnly(agent, Standing.Able);

    public bool HasSeenOnly(ChaosAgent agent, Standing standing) => fromTheStart.Contains(agent) && seen[agent].TrueForAll(now => now == standing);

    public bool HasSeen(ChaosAgent agent, params Standing[] standings) => seen.TryGetValue(agent, out List<Standing>? all) && all.Exists(standings.Contains);

    /// <summary>Somebody was so at some time.</summary>
    public bool HasSeen(params Standing[] standings) => seen.Keys.Any(agent => HasSeen(agent, standings));

    public ChaosAgent? Find(string name) => seen.Keys.FirstOrDefault(agent => agent.Name == name);

    public void See(ChaosAgent agent, Standing standing)
    {
        if (seen.TryGetValue(agent, out List<Standing>? all))
        {
            all.AddRange(Standings(agent, standing));
        }
        else
        {
            seen[agent] = Standings(agent, standing);
        }
    }

    public void Dispose() => model.Dismiss(this);

    public override string ToString() =>
        string.Join(", ", Route.Select(agent => $"{agent.Name}{(IsOwn(agent) ? " (own)" : "")} {string.Join('>', seen[agent])}"));

    /// <summary>
    /// Who listens already is answered before the model is told so, and who has stopped listening still answers on the connections that there are: what it
    /// says then is what its temper says.
    /// </summary>
    private static List<Standing> Standings(ChaosAgent agent, Standing standing) =>
        standing is Standing.Coming or Standing.Ending && agent.Temper.Standing is var answer and not Standing.Uncertain ? [standing, answer] : [standing];
}
