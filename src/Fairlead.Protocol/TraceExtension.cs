using System.Text;

namespace Fairlead.Protocol;

/// <summary>
/// fairlead's own extension, which finds loops: <c>ssh -A localhost</c> makes an "agent" whose far end is our own socket. A request names
/// the instances visited so far; a fairlead answers with its own id and whether its route leads back to one of them. Other agents answer
/// FAILURE, which is also an answer.
/// <code>
/// byte    SSH_AGENTC_EXTENSION              byte    SSH_AGENT_EXTENSION_RESPONSE
/// string  trace@fairlead                    string  trace@fairlead
/// uint32  number of ids                     string  id of who answers
/// string  id, as often as that              bool    leads back
/// string  token, or nothing
/// </code>
/// The token is the first asker's own word for the agent that it asks about. Each instance passes it on unchanged, so that a question that
/// returns shows through which process it came. Readers ignore what follows these fields, so that a later version can say more.
/// </summary>
public static class TraceExtension
{
    /// <summary>
    /// Most instances on one path. Nobody chains that many gateways on purpose; loops also form after the first question, and this depth
    /// ends those.
    /// </summary>
    public const int MaxInstances = 8;

    /// <summary>Longest id in bytes. An id only has to be unique; unknown hosts send them, and <c>status</c> prints them.</summary>
    public const int MaxInstanceIdLength = 64;

    /// <summary>Whether this can be an id: 1 to <see cref="MaxInstanceIdLength"/> visible ASCII characters, safe to print.</summary>
    public static bool IsInstanceId(ReadOnlySpan<byte> id)
        => id.Length is > 0 and <= MaxInstanceIdLength && !id.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    /// <summary>The frame that asks.</summary>
    /// <param name="instanceIds">The instances visited so far, ours among them; at most <see cref="MaxInstances"/>.</param>
    /// <param name="token">The first asker's token, written and read like an id. Null to send none.</param>
    /// <exception cref="ArgumentException">Too many ids, or one that <see cref="IsInstanceId"/> refuses.</exception>
    public static byte[] WriteRequest(IReadOnlyList<string> instanceIds, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(instanceIds);
        if (instanceIds.Count > MaxInstances)
        {
            throw new ArgumentException($"at most {MaxInstances} ids, not {instanceIds.Count}", nameof(instanceIds));
        }

        WireWriter writer = new WireWriter()
            .WriteType(AgentMessageType.SSH_AGENTC_EXTENSION)
            .WriteString(ExtensionNames.Trace)
            .WriteUInt32((uint)instanceIds.Count);
        foreach (string id in instanceIds)
        {
            writer.WriteString(Encode(id, nameof(instanceIds)));
        }

        if (token is not null)
        {
            writer.WriteString(Encode(token, nameof(token)));
        }

        return writer.ToFrame();
    }

    /// <summary>Reads what another fairlead asks. False for another message, for too many ids and for an invalid id.</summary>
    /// <param name="token">Null when there is none, or when it is invalid.</param>
    public static bool TryReadRequest(ReadOnlySpan<byte> message, out string[] instanceIds, out string? token)
    {
        instanceIds = [];
        token = null;
        if (!ExtensionRequest.TryRead(message, out ExtensionRequest request) || !request.Is(ExtensionNames.Trace))
        {
            return false;
        }

        var reader = new WireReader(request.Contents);
        if (!reader.TryReadUInt32(out uint count) || count > MaxInstances)
        {
            return false;
        }

        string[] ids = new string[count];
        for (int index = 0; index < ids.Length; index++)
        {
            if (!reader.TryReadString(out ReadOnlySpan<byte> id) || !IsInstanceId(id))
            {
                return false;
            }

            ids[index] = Encoding.ASCII.GetString(id);
        }

        instanceIds = ids;
        token = reader.TryReadString(out ReadOnlySpan<byte> rest) && IsInstanceId(rest) ? Encoding.ASCII.GetString(rest) : null;
        return true;
    }

    /// <summary>The frame that answers.</summary>
    /// <param name="instanceId">The instance that answers.</param>
    /// <param name="leadsBack">Whether the route of that instance leads to one of the ids in the question.</param>
    /// <exception cref="ArgumentException">The id is one that <see cref="IsInstanceId"/> refuses.</exception>
    public static byte[] WriteAnswer(string instanceId, bool leadsBack) => new WireWriter()
        .WriteType(AgentMessageType.SSH_AGENT_EXTENSION_RESPONSE)
        .WriteString(ExtensionNames.Trace)
        .WriteString(Encode(instanceId, nameof(instanceId)))
        .WriteBoolean(leadsBack)
        .ToFrame();

    /// <summary>Reads what another fairlead answers. False for every other answer: then the agent is not a fairlead.</summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> message, out string instanceId, out bool leadsBack)
    {
        instanceId = "";
        leadsBack = false;
        var reader = new WireReader(message);
        if (!reader.TryReadByte(out byte type)
            || (AgentMessageType)type != AgentMessageType.SSH_AGENT_EXTENSION_RESPONSE
            || !reader.TryReadString(out ReadOnlySpan<byte> name)
            || !name.SequenceEqual(ExtensionNames.Trace)
            || !reader.TryReadString(out ReadOnlySpan<byte> id)
            || !IsInstanceId(id)
            || !reader.TryReadBoolean(out leadsBack))
        {
            return false;
        }

        instanceId = Encoding.ASCII.GetString(id);
        return true;
    }

    private static byte[] Encode(string instanceId, string parameter)
    {
        byte[] id = Encoding.UTF8.GetBytes(instanceId);
        return IsInstanceId(id) ? id : throw new ArgumentException("an id is 1 to 64 visible ASCII characters", parameter);
    }
}
