using Fairlead.Core.Agents;
using Fairlead.Core.Logins;

namespace Fairlead.Output;

/// <summary>
/// What a person calls an agent: its name in the configuration, else where it is forwarded from, else whose login that is, else its socket. Two logins from one
/// address have two names.
/// </summary>
internal static class AgentName
{
    public static string Of(Agent agent, Login? login)
    {
        if (agent.Name is string name)
        {
            return name;
        }

        return (login?.ClientAddress ?? login?.User) is string whose
            ? $"{whose} ({(login!.Terminals is [Terminal terminal, ..] ? terminal.Device : $"login {login.Pid}")})"
            : agent.Path;
    }
}
