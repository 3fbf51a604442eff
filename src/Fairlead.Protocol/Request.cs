namespace Fairlead.Protocol;

/// <summary>
/// What a relay must know of a request before it passes it on: its kind, and whether the agent may ask a person. Never stricter than
/// ssh-agent.c, which ignores bytes after the fields that a request needs (every handler leaves the rest of its buffer unread): fairlead
/// passes them on.
/// </summary>
public static class Request
{
    /// <summary>The kind of a request, from its type and from as much of its contents as the kind depends on.</summary>
    /// <param name="message">The message without its length; empty ones are <see cref="RequestKind.Malformed"/>.</param>
    public static RequestKind KindOf(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return RequestKind.Malformed;
        }

        switch ((AgentMessageType)message[0])
        {
            case AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES:
                return RequestKind.List;
            case AgentMessageType.SSH_AGENTC_SIGN_REQUEST:
                return SignRequest.TryRead(message, out _) ? RequestKind.Sign : RequestKind.Malformed;
            case AgentMessageType.SSH_AGENTC_EXTENSION:
                return ExtensionRequest.TryRead(message, out ExtensionRequest extension)
                    ? KindOfExtension(extension)
                    : RequestKind.Malformed;
            case AgentMessageType.SSH_AGENTC_LOCK:
            case AgentMessageType.SSH_AGENTC_UNLOCK:
                return HasReadablePassphrase(message) ? RequestKind.Change : RequestKind.Malformed;
            case AgentMessageType.SSH_AGENTC_ADD_IDENTITY:
            case AgentMessageType.SSH_AGENTC_ADD_ID_CONSTRAINED:
            case AgentMessageType.SSH_AGENTC_REMOVE_IDENTITY:
            case AgentMessageType.SSH_AGENTC_REMOVE_ALL_IDENTITIES:
            case AgentMessageType.SSH_AGENTC_ADD_SMARTCARD_KEY:
            case AgentMessageType.SSH_AGENTC_ADD_SMARTCARD_KEY_CONSTRAINED:
            case AgentMessageType.SSH_AGENTC_REMOVE_SMARTCARD_KEY:
            case AgentMessageType.SSH_AGENTC_ADD_RSA_IDENTITY:
            case AgentMessageType.SSH_AGENTC_ADD_RSA_ID_CONSTRAINED:
            case AgentMessageType.SSH_AGENTC_REMOVE_RSA_IDENTITY:
            case AgentMessageType.SSH_AGENTC_REMOVE_ALL_RSA_IDENTITIES:
                return RequestKind.Change;
            default:
                return RequestKind.Opaque;
        }
    }

    /// <summary>Whether the agent may ask a person before it answers: for a touch, a PIN, a confirmation. An unknown request may.</summary>
    public static bool AsksPerson(RequestKind kind) => kind is RequestKind.Sign or RequestKind.Change or RequestKind.Opaque;

    private static RequestKind KindOfExtension(ExtensionRequest extension)
    {
        if (extension.Is(ExtensionNames.SessionBind))
        {
            return RequestKind.Bind;
        }

        if (extension.Is(ExtensionNames.Query))
        {
            return RequestKind.Query;
        }

        return extension.Is(ExtensionNames.Trace) ? RequestKind.Trace : RequestKind.Opaque;
    }

    // sshbuf_get_cstring takes a NUL as the last byte and nowhere else.
    private static bool HasReadablePassphrase(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message[1..]);
        return reader.TryReadString(out ReadOnlySpan<byte> passphrase)
            && passphrase.IndexOf((byte)0) is int nul
            && (nul < 0 || nul == passphrase.Length - 1);
    }
}
