using System.Buffers.Binary;

namespace Fairlead.Protocol;

/// <summary>
/// A message as it travels: its length as an unsigned 32-bit number, most significant byte first, then its bytes
/// (RFC 9987, section 5). The answers that are always the same are kept ready, so that sending one allocates nothing.
/// </summary>
public static class AgentFrame
{
    /// <summary>Bytes of the length field.</summary>
    public const int HeaderLength = sizeof(uint);

    /// <summary>"Could not or would not" (RFC 9987, section 5.1): ssh goes on to other ways of logging in.</summary>
    public static ReadOnlyMemory<byte> Failure { get; } = new byte[] { 0, 0, 0, 1, (byte)AgentMessageType.SSH_AGENT_FAILURE };

    /// <summary>Asks for the agent's keys (RFC 9987, section 5.5).</summary>
    public static ReadOnlyMemory<byte> ListRequest { get; } = new byte[] { 0, 0, 0, 1, (byte)AgentMessageType.SSH_AGENTC_REQUEST_IDENTITIES };

    /// <summary>"Done" (RFC 9987, section 5.1).</summary>
    public static ReadOnlyMemory<byte> Success { get; } = new byte[] { 0, 0, 0, 1, (byte)AgentMessageType.SSH_AGENT_SUCCESS };

    /// <summary>
    /// Reads the length of the message that follows. False for an incomplete header, for zero (a message has at least its type; ssh-agent
    /// waits for a fifth byte instead) and for more than <see cref="AgentLimits.MaxMessageLength"/>.
    /// </summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="length">Bytes of the message, from 1 to <see cref="AgentLimits.MaxMessageLength"/>; 0 when refused.</param>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        // Unsigned: 0x80000000 and up must look long, not negative.
        if (BinaryPrimitives.TryReadUInt32BigEndian(header, out uint announced) && announced is > 0 and <= AgentLimits.MaxMessageLength)
        {
            length = (int)announced;
            return true;
        }

        length = 0;
        return false;
    }
}
