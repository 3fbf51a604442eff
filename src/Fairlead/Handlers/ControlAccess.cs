using Fairlead.Core.Control;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;

namespace Fairlead.Handlers;

/// <summary>
/// What a client of the control socket may do. One in a container or a sandbox of the same user can reach the socket where the folder was handed in, even
/// read-only, and is not to decide which agent answers outside.
/// </summary>
/// <param name="IsOutside">It is seen not to sit in one.</param>
/// <param name="HasEnded">Where it sat is not known any more: a login's <c>init</c> waits for a daemon no longer than a moment.</param>
internal readonly record struct ControlAccess(bool IsOutside, bool HasEnded)
{
    /// <summary>To be asked when it has connected: later its pid may be another process's. Before Linux 6.5 it may be so already.</summary>
    public static ControlAccess Of(UnixStream client)
    {
        bool? isInside = client.Peer.Pid > 0 ? Sandbox.Holds(client.Peer.Pid) : null;
        bool hasEnded = !client.PeerIsAlive; // asked last: what was read before is its own then
        return new ControlAccess(isInside == false && !hasEnded, hasEnded);
    }

    /// <summary>Without what is not for those inside: what others want to sign.</summary>
    public ControlReply Limit(ControlReply reply) => IsOutside ? reply : reply with
    {
        Status = reply.Status is { } status ? status with { Questions = [], Allowed = [] } : null,
        Why = reply.Why is { } why ? why with { Unanswered = [] } : null,
    };

    /// <summary>
    /// Verbs that change nothing and report nobody's requests are for all. A client that registers an agent may have ended: fairlead looks at who listens there anyway.
    /// </summary>
    public bool Allows(ControlVerb verb) =>
        IsOutside
        || verb is ControlVerb.Status or ControlVerb.List or ControlVerb.Why or ControlVerb.Environment or ControlVerb.Wait
        || (verb == ControlVerb.Register && HasEnded);
}
