using Fairlead.Core.Frames;
using Fairlead.Protocol;

namespace Fairlead.Core.Watching;

/// <summary>What a person calls a request.</summary>
internal static class RequestName
{
    public static string Of(Frame request, RequestKind kind) => kind switch
    {
        RequestKind.List => "list",
        RequestKind.Sign => "sign",
        RequestKind.Query => "query",
        RequestKind.Malformed => "malformed",
        _ => Of(request.Type),
    };

    private static string Of(AgentMessageType type) => type switch
    {
        AgentMessageType.SSH_AGENTC_ADD_IDENTITY
            or AgentMessageType.SSH_AGENTC_ADD_ID_CONSTRAINED
            or AgentMessageType.SSH_AGENTC_ADD_SMARTCARD_KEY
            or AgentMessageType.SSH_AGENTC_ADD_SMARTCARD_KEY_CONSTRAINED
            or AgentMessageType.SSH_AGENTC_ADD_RSA_IDENTITY
            or AgentMessageType.SSH_AGENTC_ADD_RSA_ID_CONSTRAINED => "add",
        AgentMessageType.SSH_AGENTC_REMOVE_IDENTITY
            or AgentMessageType.SSH_AGENTC_REMOVE_ALL_IDENTITIES
            or AgentMessageType.SSH_AGENTC_REMOVE_SMARTCARD_KEY
            or AgentMessageType.SSH_AGENTC_REMOVE_RSA_IDENTITY
            or AgentMessageType.SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES => "remove",
        AgentMessageType.SSH_AGENTC_LOCK => "lock",
        AgentMessageType.SSH_AGENTC_UNLOCK => "unlock",
        AgentMessageType.SSH_AGENTC_EXTENSION => "extension",
        _ => "unknown",
    };
}
