using Fairlead.Core.Agents;
using Fairlead.Core.Logins;

namespace Fairlead.Output;

/// <summary>What a person calls an agent: its name in the configuration, else where it is forwarded from, else its socket. Two logins from one address have two names.</summary>
internal static class AgentName
{
    public static string Of(Agent agent, Login? login)
    {
        if (agent.Name is string name)
        {
            return name;
        }

        return login?.ClientAddress is string address
            ? $"{address} ({(login.Terminals is [Terminal terminal, ..] ? terminal.Device : $"login {login.Pid}")})"
            : agent.Path;
    }
}
