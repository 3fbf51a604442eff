using Fairlead.Protocol;

namespace Fairlead.Core.Relay;

/// <summary>
/// The session-bind requests of a conversation, in order, also refused ones: they belong to the connection, so each new upstream connection
/// gets them before anything else. If one were left out, a request from another host would look local to the agent (PROTOCOL.agent, section
/// 1).
/// </summary>
internal sealed class BindLog
{
    /// <summary>
    /// The length of a host key, a session id and a signature: the largest certificates stay well below. A host that was reached with ssh
    /// -A sends these, and must not fill our memory with them.
    /// </summary>
    private const int MaxBindLength = 16 * 1024;

    private readonly List<byte[]> frames = [];

    public int Count => frames.Count;

    /// <summary>More binds came than are remembered, or a longer one: the conversation can no longer move to another agent.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>
    /// An ssh client passes requests of another host on to us (PROTOCOL.agent, section 1: is_forwarding). A bind that cannot be read
    /// counts: it may be one.
    /// </summary>
    public bool IsForwarded { get; private set; }

    public ReadOnlyMemory<byte> this[int index] => frames[index];

    public void Add(ReadOnlySpan<byte> frame)
    {
        IsForwarded |= !SessionBind.TryRead(frame[AgentFrame.HeaderLength..], out SessionBind bind) || bind.IsForwarding;
        if (frames.Count == AgentLimits.MaxSessionBinds || frame.Length > MaxBindLength)
        {
            HasOverflowed = true;
        }
        else
        {
            frames.Add(frame.ToArray());
        }
    }

    /// <summary>
    /// The host keys in the binds. The last one is that of the server that the caller logs in to, unless it says that this server asks,
    /// through an ssh of ours.
    /// </summary>
    public (byte[]? Server, byte[]? Asking) HostKeys()
    {
        byte[]? server = null;
        byte[]? asking = null;
        foreach (byte[] frame in frames)
        {
            if (SessionBind.TryRead(frame.AsSpan(AgentFrame.HeaderLength), out SessionBind bind))
            {
                server = bind.IsForwarding ? null : bind.HostKey.ToArray();
                asking = bind.IsForwarding ? bind.HostKey.ToArray() : asking;
            }
        }

        return (server, asking);
    }
}
