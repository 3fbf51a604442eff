namespace Fairlead.Protocol;

/// <summary>
/// Ties the connection to one login on one host (PROTOCOL.agent, section 1). ssh sends it before it uses or forwards an agent, and agents
/// refuse keys with destination constraints if it does not match. So fairlead must pass it on, in order, and replay it to every further
/// agent of the conversation.
/// <code>
/// byte    SSH_AGENTC_EXTENSION
/// string  session-bind@openssh.com
/// string  host key
/// string  session identifier
/// string  signature
/// bool    is_forwarding
/// </code>
/// </summary>
public readonly ref struct SessionBind
{
    private SessionBind(ReadOnlySpan<byte> hostKey, ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> signature, bool isForwarding)
    {
        HostKey = hostKey;
        SessionId = sessionId;
        Signature = signature;
        IsForwarding = isForwarding;
    }

    /// <summary>The server's public host key. Opaque.</summary>
    public ReadOnlySpan<byte> HostKey { get; }

    /// <summary>Hash of the first key exchange, which no two logins share (RFC 4253, section 7.2). Opaque.</summary>
    public ReadOnlySpan<byte> SessionId { get; }

    /// <summary>The host key's signature of the session identifier. Agents verify it, and so does fairlead where a rule asks for the server.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>True: later requests on this connection come from that host, not from a program here.</summary>
    public bool IsForwarding { get; }

    /// <summary>
    /// False for another message and for one that ends early. Like ssh-agent.c, it ignores what follows. A request that is a bind by
    /// <see cref="Request.KindOf"/>, but cannot be read, is still a bind for the agents: newer ssh-agents note the attempt, and its sender
    /// must not count as local.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out SessionBind bind)
    {
        bind = default;
        if (!ExtensionRequest.TryRead(message, out ExtensionRequest request) || !request.Is(ExtensionNames.SessionBind))
        {
            return false;
        }

        var reader = new WireReader(request.Contents);
        if (!reader.TryReadString(out ReadOnlySpan<byte> hostKey)
            || !reader.TryReadString(out ReadOnlySpan<byte> sessionId)
            || !reader.TryReadString(out ReadOnlySpan<byte> signature)
            || !reader.TryReadBoolean(out bool isForwarding))
        {
            return false;
        }

        bind = new SessionBind(hostKey, sessionId, signature, isForwarding);
        return true;
    }
}
