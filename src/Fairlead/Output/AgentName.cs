using Fairlead.Core.Agents;
using Fairlead.Core.Callers;

namespace Fairlead.Output;

/// <summary>What a person calls an agent: its name in the configuration, else where it is forwarded from, else its socket.</summary>
internal static class AgentName
{
    public static string Of(Agent agent, Login? login)
    {
        if (agent.Name is string name)
        {
            return name;
        }

        return login?.ClientAddress is string address
            ? login.Terminals is [Terminal terminal, ..] ? $"{address} ({terminal.Device})" : address
            : agent.Path;
    }
}
