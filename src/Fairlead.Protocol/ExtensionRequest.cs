namespace Fairlead.Protocol;

/// <summary>
/// A request that its name describes (SSH_AGENTC_EXTENSION; RFC 9987, section 5.8). Unknown ones pass through unread.
/// <code>
/// byte    SSH_AGENTC_EXTENSION
/// string  name
/// byte[]  contents
/// </code>
/// </summary>
public readonly ref struct ExtensionRequest
{
    private ExtensionRequest(ReadOnlySpan<byte> name, ReadOnlySpan<byte> contents)
    {
        Name = name;
        Contents = contents;
    }

    /// <summary>The name as it came: UTF-8 according to the RFC, but a sender may send any bytes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Everything after the name.</summary>
    public ReadOnlySpan<byte> Contents { get; }

    /// <summary>False for another message and for one whose name ends early.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out ExtensionRequest request)
    {
        request = default;
        var reader = new WireReader(message);
        if (!reader.TryReadByte(out byte type)
            || (AgentMessageType)type != AgentMessageType.SSH_AGENTC_EXTENSION
            || !reader.TryReadString(out ReadOnlySpan<byte> name))
        {
            return false;
        }

        request = new ExtensionRequest(name, reader.Rest);
        return true;
    }

    /// <summary>
    /// Whether an agent would take this for the extension of that name. One NUL after the name is ignored, as ssh-agent.c does
    /// (sshbuf_get_cstring): otherwise a bind could be hidden from fairlead and still count at the agent.
    /// </summary>
    public bool Is(ReadOnlySpan<byte> utf8Name)
        => Name.StartsWith(utf8Name) && (Name.Length == utf8Name.Length || Name[utf8Name.Length..].SequenceEqual("\0"u8));
}
