using Fairlead.Core.Agents;
using Fairlead.Core.Control;
using Fairlead.Core.Planning;
using Fairlead.Core.Routing;
using Fairlead.Output;
using Fairlead.Settings;

namespace Fairlead.Handlers;

/// <summary>What a person is told of a pin. Pure.</summary>
internal static class PinReports
{
    /// <param name="known">The agents that can be used now.</param>
    public static PinReport Of(Pin pin, IReadOnlyList<AgentFacts> known)
    {
        Agent? agent = pin.In(known).FirstOrDefault();
        AgentFacts? first = known.FirstOrDefault(candidate => candidate.Agent == agent);
        return new PinReport
        {
            Agent = pin is LaptopPin laptop ? laptop.Laptop : first is not null ? NameOf(first) : (pin as AgentPin)?.Path,
            Laptop = (pin as LaptopPin)?.Laptop,
            Address = pin is LaptopPin from && ClientAddress.Parse(from.Laptop) is not null ? from.Laptop : null,
            Socket = agent?.Path,
            State = agent is null ? null : AgentState.Of(agent),
        };
    }

    public static string NameOf(AgentFacts agent) => AgentName.Of(agent.Agent, agent.Login);
}
