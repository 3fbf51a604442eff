using Fairlead.Core.Agents;
using Fairlead.Core.Logins;

namespace Fairlead.Output;

/// <summary>
/// What a person calls an agent: its name in the configuration; otherwise the laptop that it is forwarded from, by its name or address; otherwise the user of
/// that login, or its socket. Two logins from one laptop have two names.
/// </summary>
internal static class AgentName
{
    public static string Of(Agent agent, Login? login)
    {
        if (agent.Name is string name)
        {
            return name;
        }

        return (agent.LaptopName ?? login?.ClientAddress ?? login?.User) is string whose
            ? $"{whose} ({(login!.Terminals is [Terminal terminal, ..] ? terminal.Device : $"login {login.Pid}")})"
            : agent.Path;
    }
}
