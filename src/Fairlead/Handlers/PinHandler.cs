using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Handlers;

/// <summary>
/// Lets one agent, or one laptop, answer everything. A pin lives in memory, and a restart keeps it: it ends with the daemon, with the agent that it names, or
/// with <c>unpin</c>.
/// </summary>
internal sealed class PinHandler(RoutePlanner planner) : IControlHandler
{
    public ControlVerb Verb => ControlVerb.Pin;

    /// <summary>The request names the agent as a person calls it: a name from <c>status</c>, a socket, a laptop's name or address, a terminal.</summary>
    public async ValueTask<ControlReply?> AnswerAsync(ControlRequest request, UnixStream client)
    {
        string wanted = request.Agent ?? "";
        IReadOnlyList<AgentFacts> known = await planner.UsableAsync();
        if (Find(known, wanted) is not { } found)
        {
            string[] names = [.. known.Select(PinReports.NameOf).Distinct()];
            string hint = NearestWord.Find(wanted, names) is { } nearest ? $"did you mean '{nearest}'?" : $"known here: {string.Join(", ", names)}";
            return new ControlReply { Error = names.Length == 0 ? "there is no agent to pin" : $"no agent is called '{wanted}': {hint}" };
        }

        planner.Options.Pin = found;
        return new ControlReply { Pin = PinReports.Of(found, known) };
    }

    /// <summary>
    /// The agent of that exact name, socket or terminal; or the laptop of that name or at that address, with all its logins.
    /// </summary>
    public static Pin? Find(IReadOnlyList<AgentFacts> known, string wanted)
    {
        string terminal = TerminalDevice.BelowDev(wanted);
        AgentFacts? agent = known.FirstOrDefault(agent => PinReports.NameOf(agent) == wanted || agent.Agent.Path == wanted)
            ?? known.FirstOrDefault(agent => agent.Login?.Terminals.Any(owned => owned.Device == terminal) == true);
        return agent is not null ? AgentPin.Of(agent.Agent)
            : new LaptopPin(wanted) is var laptop && laptop.In(known).Any() ? laptop
            : null;
    }
}
