using Fairlead.Core.Agents;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Routing;

/// <summary>An agent and the login that its listener is the session process of; no login is known of local ones.</summary>
internal sealed record AgentFacts(Agent Agent, Login? Login)
{
    /// <summary>Of this server, named by the configuration: no laptop's.</summary>
    public bool IsLocal => Agent.Source == AgentSource.Local;

    /// <summary>Its login comes from one of these addresses.</summary>
    public bool IsFrom(IReadOnlyList<string> addresses) => Login?.ClientAddress is string address && addresses.Contains(address);
}
