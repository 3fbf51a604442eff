using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Handlers;

/// <summary>Lets one agent answer everybody. A pin lives in memory, and goes on with a restart: it ends with the daemon, with its agent, or when it is taken back.</summary>
internal sealed class PinHandler(AgentRegistry registry, RoutePlanner planner)
{
    private const string DevicePrefix = "/dev/";

    /// <param name="wanted">As a person calls it: a name from <c>status</c>, a socket, a client address, a terminal.</param>
    public async ValueTask<ControlReply> PinAsync(string wanted)
    {
        IReadOnlyList<AgentFacts> known = await KnownAsync();
        if (Find(known, wanted) is not { } found)
        {
            string[] names = [.. known.Select(Name)];
            string hint = NearestWord.Find(wanted, names) is { } nearest ? $"did you mean '{nearest}'?" : $"there is {string.Join(", ", names)}";
            return new ControlReply { Error = names.Length == 0 ? "there is no agent to pin" : $"no agent is called '{wanted}': {hint}" };
        }

        planner.Options.Pin = Pin.Of(found.Agent);
        return new ControlReply { Pin = Describe(found) };
    }

    /// <summary>Without a pin in the reply there was none.</summary>
    public async ValueTask<ControlReply> UnpinAsync()
    {
        IReadOnlyList<AgentFacts> known = await KnownAsync();
        Agent? pinned = planner.Options.PinnedOf(registry.Agents);
        planner.Options.Pin = null;
        return new ControlReply { Pin = known.FirstOrDefault(agent => agent.Agent == pinned) is { } was ? Describe(was) : null };
    }

    /// <summary>The first of those that are called so: an exact name before an address, and of several logins the one typed in last.</summary>
    public static AgentFacts? Find(IReadOnlyList<AgentFacts> known, string wanted)
    {
        string terminal = wanted.StartsWith(DevicePrefix, StringComparison.Ordinal) ? wanted[DevicePrefix.Length..] : wanted;
        return known.FirstOrDefault(agent => Name(agent) == wanted || agent.Agent.Path == wanted)
            ?? known.FirstOrDefault(agent => agent.Login?.Terminals.Any(owned => owned.Device == terminal) == true)
            ?? known
                .Where(agent => agent.Login?.ClientAddress == wanted)
                .OrderByDescending(agent => agent.Login!.LastTyped)
                .ThenByDescending(agent => agent.Agent.Created)
                .FirstOrDefault();
    }

    private async ValueTask<IReadOnlyList<AgentFacts>> KnownAsync()
    {
        RouteFacts facts = await planner.SurveyAsync();
        return [.. facts.Agents.Where(agent => agent.Agent.IsUsable)];
    }

    private static string Name(AgentFacts agent) => AgentName.Of(agent.Agent, agent.Login);

    private static PinReport Describe(AgentFacts agent) => new() { Agent = Name(agent), Socket = agent.Agent.Path };
}
