using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Handlers;

/// <summary>Lets one agent answer everybody. A pin lives in memory, and goes on with a restart: it ends with the daemon, with its agent, or when it is taken back.</summary>
internal sealed class PinHandler(RoutePlanner planner) : IControlHandler
{
    private const string DevicePrefix = "/dev/";

    public ControlVerb Verb => ControlVerb.Pin;

    /// <summary>The request names the agent as a person calls it: a name from <c>status</c>, a socket, a client address, a terminal.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        string wanted = request.Agent ?? "";
        IReadOnlyList<AgentFacts> known = await planner.UsableAsync();
        if (Find(known, wanted) is not { } found)
        {
            string[] names = [.. known.Select(Name)];
            string hint = NearestWord.Find(wanted, names) is { } nearest ? $"did you mean '{nearest}'?" : $"there is {string.Join(", ", names)}";
            return new ControlReply { Error = names.Length == 0 ? "there is no agent to pin" : $"no agent is called '{wanted}': {hint}" };
        }

        planner.Options.Pin = Pin.Of(found.Agent);
        return new ControlReply { Pin = Describe(found) };
    }

    /// <summary>What a person is told of a pinned agent.</summary>
    public static PinReport Describe(AgentFacts agent) => new() { Agent = Name(agent), Socket = agent.Agent.Path };

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

    private static string Name(AgentFacts agent) => AgentName.Of(agent.Agent, agent.Login);
}
