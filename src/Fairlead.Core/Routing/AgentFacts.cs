using Fairlead.Core.Agents;
using Fairlead.Core.Callers;

namespace Fairlead.Core.Routing;

/// <summary>An agent and the login that its listener is the session process of; no login is known of local ones.</summary>
internal sealed record AgentFacts(Agent Agent, Login? Login);
