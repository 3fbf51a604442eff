using Fairlead.Core.Callers;
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

    private readonly List<LoggedBind> binds = [];

    /// <summary>Null until somebody asks for them: to verify a bind takes longer than to pass it on.</summary>
    private (BoundHost? Server, BoundHost? Asking)? hosts;

    public int Count => binds.Count;

    /// <summary>More binds came than are remembered, or a longer one: the conversation can no longer move to another agent.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>
    /// An ssh client passes requests of another host on to us (PROTOCOL.agent, section 1: is_forwarding). A bind that cannot be read
    /// counts: it may be one.
    /// </summary>
    public bool IsForwarded { get; private set; }

    /// <summary>The server that the caller logs in to; null if none is known, or if the latest bind says that a server asks.</summary>
    public BoundHost? Server => Hosts.Server;

    /// <summary>The server that asks, through an ssh of ours; null if the caller runs here.</summary>
    public BoundHost? Asking => Hosts.Asking;

    private (BoundHost? Server, BoundHost? Asking) Hosts => hosts ??= FindHosts();

    public ReadOnlyMemory<byte> this[int index] => binds[index].Frame;

    public void Add(ReadOnlySpan<byte> frame)
    {
        IsForwarded |= !SessionBind.TryRead(frame[AgentFrame.HeaderLength..], out SessionBind bind) || bind.IsForwarding;
        if (binds.Count == AgentLimits.MaxSessionBinds || frame.Length > MaxBindLength)
        {
            HasOverflowed = true;
        }
        else
        {
            binds.Add(new LoggedBind(frame.ToArray()));
            hosts = null;
        }
    }

    /// <summary>
    /// The server for which a signature is good: that of the bind with the signed session. A signature that is bound to a host key is good
    /// for no other server, whatever the binds say; for one that is not, only a genuine bind counts.
    /// </summary>
    /// <returns>Null for a signature that is no login, and for a login in a session without a bind: it may be one on any server.</returns>
    public BoundHost? ServerOf(SignRequest request)
    {
        SignedData data = SignedData.Read(request);
        if (data.Kind != SignedDataKind.Login)
        {
            return null;
        }

        foreach (LoggedBind logged in binds)
        {
            if (SessionBind.TryRead(logged.Message, out SessionBind bind)
                && !bind.IsForwarding
                && bind.SessionId.SequenceEqual(data.SessionId)
                && (data.HostKey.IsEmpty || data.HostKey.SequenceEqual(bind.HostKey))
                && logged.IsGenuine)
            {
                return new BoundHost(bind.HostKey.ToArray(), IsProven: true);
            }
        }

        return data.HostKey.IsEmpty ? null : new BoundHost(data.HostKey.ToArray(), IsProven: false);
    }

    /// <summary>For reports: the server that the binds name, for a signature that is not seen to belong to it.</summary>
    public BoundHost? ClaimedFor(SignRequest request) =>
        SignedData.Read(request).Kind == SignedDataKind.Message || Server is null ? null : Server with { IsProven = false };

    private (BoundHost? Server, BoundHost? Asking) FindHosts()
    {
        (BoundHost? Server, BoundHost? Asking) found = default;
        foreach (LoggedBind logged in binds)
        {
            if (SessionBind.TryRead(logged.Message, out SessionBind bind))
            {
                var host = new BoundHost(bind.HostKey.ToArray(), logged.IsGenuine);
                found = bind.IsForwarding ? (null, host) : (host, found.Asking);
            }
        }

        return found;
    }

    private sealed class LoggedBind(byte[] frame)
    {
        private bool? isGenuine;

        public byte[] Frame => frame;

        public ReadOnlySpan<byte> Message => frame.AsSpan(AgentFrame.HeaderLength);

        /// <summary>Verified when it is first asked for, and once.</summary>
        public bool IsGenuine => isGenuine ??= SessionBind.TryRead(Message, out SessionBind bind) && BindSignature.IsGenuine(bind);
    }
}
