using Fairlead.Core.Routing;
using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>A question that was put to an agent, and how it took it.</summary>
/// <param name="Answer">Null when none came.</param>
internal readonly record struct Attempt(RouteStep Step, RequestKind Kind, AgentMessageType? Answer)
{
    public bool IsRefusal => Answer is AgentMessageType.SSH_AGENT_FAILURE or AgentMessageType.SSH_AGENT_EXTENSION_FAILURE;
}
