using Fairlead.Core.Callers;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Core.Routing;

namespace Fairlead.Tests.Routing;

/// <summary>
/// What a route must be, said agent by agent instead of rule by rule: each is given the strongest reason that holds for it and its rank within that
/// reason, and then they are sorted. Agents with equal ranks do not occur in the table.
/// </summary>
internal static class RouteOracle
{
    public static (string, RouteReason)[] Expect(RouteFacts facts)
    {
        if (facts.Policy.Use is { Use.IsDenial: true })
        {
            return [];
        }

        var places = new List<(RouteReason Reason, long Rank, string Name)>();
        for (int i = 0; i < facts.Agents.Count; i++)
        {
            AgentFacts agent = facts.Agents[i];
            if (!agent.Agent.IsDead && Place(agent, i, facts) is (RouteReason reason, long rank))
            {
                places.Add((reason, rank, agent.Agent.Path));
            }
        }

        places.Sort((a, b) => a.Reason != b.Reason ? a.Reason.CompareTo(b.Reason) : a.Rank.CompareTo(b.Rank));
        return [.. places.DistinctBy(place => place.Name).Select(place => (place.Name, place.Reason))];
    }

    private static (RouteReason, long)? Place(AgentFacts agent, int index, RouteFacts facts)
    {
        if (facts.Pinned.Contains(agent.Agent))
        {
            return (RouteReason.Pinned, 0);
        }

        if (facts.Policy.Use is { Use: { } use } && (use.Name is not null ? agent.Agent.Name == use.Name : agent.Login?.ClientAddress == use.Address))
        {
            return (RouteReason.Rule, agent.Login?.LastTyped is DateTimeOffset moment ? Recency(moment) : 1L << 60);
        }

        int pid = agent.Login?.Pid ?? -1;
        int depth = facts.Caller.Ancestors.ToList().IndexOf(pid);
        if (depth >= 0)
        {
            return (RouteReason.OwnLogin, depth);
        }

        if (AttachedRank(agent.Login, facts.Caller) is long attached)
        {
            return (RouteReason.Attached, attached);
        }

        int past = facts.Caller.LastAttached.ToList().IndexOf(pid);
        if (facts.Caller.Attachments.Count == 0 && past >= 0)
        {
            return (RouteReason.LastAttached, past);
        }

        bool sameOrigin = agent.Login?.ClientAddress is string address && Origins(facts).Contains(address);
        bool isBounded = facts.Fallback == FallbackMode.None || (facts.Fallback == FallbackMode.SameOrigin && !sameOrigin);
        if (EnvironmentRank(agent, facts) is long named && !(isBounded && facts.Caller.Attachments.Count > 0))
        {
            return (RouteReason.Environment, named);
        }

        if (isBounded)
        {
            return null;
        }

        if (agent.IsLocal)
        {
            return (RouteReason.Local, index);
        }

        long elsewhere = sameOrigin ? 0 : 1L << 62;
        long whose = agent.Login is null ? 1 : 0;
        return (RouteReason.MostRecentlyTyped, elsewhere + (agent.Login?.LastTyped is DateTimeOffset typed ? Recency(typed) : (1L << 61) + whose));
    }

    /// <summary>Where the people sit who can type before it; else where it belongs, or began.</summary>
    private static HashSet<string> Origins(RouteFacts facts)
    {
        Login[] alive = [.. facts.Agents.Where(agent => !agent.Agent.IsDead).Select(agent => agent.Login).OfType<Login>()];
        var places = new HashSet<string>();
        bool inView = facts.Caller.Attachments.Any(attachment => attachment.ShowsCallersWindow);
        Attachment[] viewers = [.. facts.Caller.Attachments.Where(attachment => attachment.ShowsCallersWindow || !inView)];
        foreach (Attachment viewer in viewers.Where(viewer => !viewer.IsReadOnly || viewers.All(other => other.IsReadOnly)))
        {
            Login? login = alive.FirstOrDefault(login =>
                viewer.LoginPid == 0 ? login.Terminals.Any(terminal => terminal.Device == viewer.Terminal) : login.Pid == viewer.LoginPid);
            places.UnionWith(new[] { login?.ClientAddress ?? viewer.ClientAddress }.OfType<string>());
        }

        if (facts.Caller.Attachments.Count == 0)
        {
            int own = facts.Caller.Ancestors.FirstOrDefault(pid => alive.Any(login => login.Pid == pid));
            places.UnionWith(new[] { alive.FirstOrDefault(login => login.Pid == own)?.ClientAddress ?? facts.Caller.ClientAddress }.OfType<string>());
        }

        return places;
    }

    private static long? AttachedRank(Login? login, Caller caller)
    {
        bool inView = caller.Attachments.Any(attachment => attachment.ShowsCallersWindow);
        long? best = null;
        foreach (Attachment attachment in caller.Attachments)
        {
            bool owned = login is not null
                && (attachment.LoginPid == 0
                    ? login.Terminals.Any(terminal => terminal.Device == attachment.Terminal)
                    : attachment.LoginPid == login.Pid);
            if (!owned || (inView && !attachment.ShowsCallersWindow))
            {
                continue;
            }

            long rank = (attachment.IsReadOnly ? 1L << 62 : 0)
                + (attachment.IsTypist ? 0 : 1L << 61)
                + (attachment.LastTyped is DateTimeOffset typed ? Recency(typed) : 1L << 60);
            best = Math.Min(best ?? long.MaxValue, rank);
        }

        return best;
    }

    private static long? EnvironmentRank(AgentFacts agent, RouteFacts facts)
    {
        for (int i = 0; i < facts.Caller.Environments.Count; i++)
        {
            EnvironmentHint hint = facts.Caller.Environments[i];
            AgentFacts[] alive = [.. facts.Agents.Where(other => !other.Agent.IsDead)];
            AgentFacts? named = alive.FirstOrDefault(other => other.Agent.Path == hint.AgentPath);
            bool isConfirmed = named?.Login?.Connection is string theirs ? theirs == hint.Connection : alive.All(other => other.Login?.Connection != hint.Connection);
            bool tellsAnother = hint.Connection is not null && !isConfirmed;
            if (named is not null && !tellsAnother ? agent.Agent.Path == hint.AgentPath : agent.Login is not null && agent.Login.Connection == hint.Connection && hint.Connection is not null)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Smaller is later; seconds, and below 2^60.</summary>
    private static long Recency(DateTimeOffset typed) => (1L << 59) - typed.ToUnixTimeSeconds();
}
