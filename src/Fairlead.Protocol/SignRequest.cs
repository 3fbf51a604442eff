namespace Fairlead.Protocol;

/// <summary>
/// Asks for a signature (SSH_AGENTC_SIGN_REQUEST; RFC 9987, section 5.6): read to learn which key, and so which agent.
/// <code>
/// byte    SSH_AGENTC_SIGN_REQUEST
/// string  key blob
/// string  data
/// uint32  flags
/// </code>
/// </summary>
public readonly ref struct SignRequest
{
    private SignRequest(ReadOnlySpan<byte> keyBlob, ReadOnlySpan<byte> data, uint flags)
    {
        KeyBlob = keyBlob;
        Data = data;
        Flags = flags;
    }

    /// <summary>The public key or certificate to sign with, as the listing gave it. Opaque.</summary>
    public ReadOnlySpan<byte> KeyBlob { get; }

    /// <summary>The data to sign: a login's session and user, or "SSHSIG" and a hash, or anything else. Opaque.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Which hash an RSA key uses: 2 for SHA-256, 4 for SHA-512 (RFC 9987, section 5.6.1). Other bits pass through.</summary>
    public uint Flags { get; }

    /// <summary>False for another message and for one that ends early. Like ssh-agent.c, it ignores what follows the flags.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out SignRequest request)
    {
        request = default;
        var reader = new WireReader(message);
        if (!reader.TryReadByte(out byte type)
            || (AgentMessageType)type != AgentMessageType.SSH_AGENTC_SIGN_REQUEST
            || !reader.TryReadString(out ReadOnlySpan<byte> keyBlob)
            || !reader.TryReadString(out ReadOnlySpan<byte> data)
            || !reader.TryReadUInt32(out uint flags))
        {
            return false;
        }

        request = new SignRequest(keyBlob, data, flags);
        return true;
    }
}
