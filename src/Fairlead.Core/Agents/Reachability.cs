using System.Net;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Agents;

/// <summary>
/// Whether the laptop behind an agent acknowledges what is sent to it, as the kernel of this machine knows it. It sends nothing.
/// </summary>
/// <remarks>
/// An acknowledgement proves only the next hop: a jump host's sshd, or a VPN's proxy, acknowledges for a laptop that sleeps. So the result
/// only makes the wait for an agent shorter or longer, and never replaces its answer.
/// </remarks>
/// <param name="ask">Asks the kernel about the login's connection; null if the kernel does not know it (any more).</param>
internal sealed class Reachability(Func<TcpAcknowledgement?> ask)
{
    /// <summary>For the login that came over this TCP connection.</summary>
    public static Reachability Over(IPEndPoint local, IPEndPoint peer) => new(() => TcpDiagnosis.Ask(local, peer));

    public Reach Look() => Look(out _);

    /// <param name="timeout">The connection's retransmission time-out: a segment that is unacknowledged for longer is late.</param>
    public Reach Look(out TimeSpan timeout)
    {
        TcpAcknowledgement? now = ask();
        timeout = now?.RetransmissionTimeout ?? TimeSpan.Zero;
        return now switch
        {
            null => Reach.Unknown,
            { Unacknowledged: 0 } => Reach.Acknowledged,
            { Backoff: 0 } => Reach.Pending,
            _ => Reach.Out,
        };
    }
}

/// <summary>What is known of the connection to a laptop at one moment.</summary>
internal enum Reach
{
    /// <summary>The kernel does not say: no TCP connection, one of another network namespace, or no sock_diag.</summary>
    Unknown,

    /// <summary>Everything that was sent is acknowledged.</summary>
    Acknowledged,

    /// <summary>Something was sent, and its acknowledgement is not late yet.</summary>
    Pending,

    /// <summary>Something that was sent is unacknowledged, and had to be sent again: out of reach.</summary>
    Out,
}
