using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Agents;

/// <summary>Connects to agents, and looks at who listens before the first byte is sent.</summary>
/// <remarks>
/// After a logout sshd's /tmp/ssh-XXXXXXXXXX is gone and any user can make it again and listen there: the
/// peer's uid, which the kernel vouches for, is what tells.
/// </remarks>
internal sealed class AgentConnector(EventLoop loop, BlockingWorker worker, AgentRegistry registry, uint uid)
{
    /// <summary>A connection waits in the listener's backlog, or for a full backlog to empty, at most this long.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>EAGAIN on a full backlog raises no event later: it is tried again by the clock.</summary>
    private static readonly TimeSpan FullBacklogPause = TimeSpan.FromMilliseconds(5);

    /// <summary>bind and listen are two steps: a socket this young that refuses may be between them.</summary>
    private static readonly TimeSpan TimeToListen = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan[] YoungPauses =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)];

    /// <returns>The stream only with <see cref="ConnectOutcome.Connected"/>; dead and refused agents are marked so.</returns>
    public async ValueTask<(ConnectOutcome Outcome, UnixStream? Stream)> ConnectAsync(Agent agent)
    {
        int connected = await TryForAWhileAsync(agent);
        switch (connected)
        {
            case >= 0:
                return Adopt(connected) is UnixStream stream ? Examine(agent, stream) : (ConnectOutcome.Exhausted, null);
            case -Errno.EAGAIN or -Errno.ETIMEDOUT:
                return (ConnectOutcome.Late, null);
            case -Errno.ECONNREFUSED or -Errno.ENOENT or -Errno.ENOTDIR:
                registry.MarkDead(agent);
                return (ConnectOutcome.Dead, null);
            default:
                return (ConnectOutcome.Exhausted, null);
        }
    }

    /// <summary>Null when the loop cannot watch another descriptor (epoll_ctl: ENOSPC, ENOMEM).</summary>
    private UnixStream? Adopt(int connected)
    {
        try
        {
            return UnixStream.Adopt(loop, connected, speaksFirst: false);
        }
        catch (SystemCallException fault)
        {
            loop.Faulted?.Invoke(fault);
            return null;
        }
    }

    private async ValueTask<int> TryForAWhileAsync(Agent agent)
    {
        long started = loop.Time.GetTimestamp();
        int refusals = 0;
        while (true)
        {
            int connected = await TryOnceAsync(agent);
            if (connected == -Errno.EAGAIN && loop.Time.GetElapsedTime(started) < ConnectTimeout)
            {
                await loop.DelayAsync(FullBacklogPause);
            }
            else if (connected == -Errno.ECONNREFUSED && refusals < YoungPauses.Length && IsYoung(agent))
            {
                await loop.DelayAsync(YoungPauses[refusals++]);
            }
            else
            {
                return connected;
            }
        }
    }

    private async ValueTask<int> TryOnceAsync(Agent agent)
    {
        if (!agent.MayBlock)
        {
            return UnixStream.Connect(agent.ConnectPath);
        }

        return await worker.RunAsync<int?>(() => agent.IsDead ? -Errno.ECONNREFUSED : UnixStream.Connect(agent.ConnectPath), ConnectTimeout, Close) ?? -Errno.ETIMEDOUT;
    }

    private static void Close(int? connected)
    {
        if (connected >= 0)
        {
            _ = LibC.close(connected.Value);
        }
    }

    private bool IsYoung(Agent agent) => loop.Time.GetUtcNow() - agent.Created < TimeToListen;

    private (ConnectOutcome Outcome, UnixStream? Stream) Examine(Agent agent, UnixStream stream)
    {
        Refusal? refusal = stream.Peer switch
        {
            { Uid: var peer } when peer != uid && peer != 0 => Refusal.ListenerOfAnotherUser,
            { Pid: var pid } when pid == CurrentProcess.Pid => Refusal.Ourselves,
            _ => null,
        };

        if (refusal is Refusal reason)
        {
            stream.Dispose();
            registry.Refuse(agent, reason);
            return (ConnectOutcome.Refused, null);
        }

        // A program that goes into the background listens first: its pid is that of a process that is gone, and may be another's later.
        bool isGone = stream.Peer.Pid > 0 && LibC.Result(LibC.kill(stream.Peer.Pid, 0)) == -Errno.ESRCH;
        agent.Listener ??= isGone ? stream.Peer with { Pid = 0 } : stream.Peer;
        return (ConnectOutcome.Connected, stream);
    }
}

/// <summary>What came of an attempt to reach an agent.</summary>
internal enum ConnectOutcome
{
    Connected,

    /// <summary>Nobody listens there, and nobody will: the socket was left behind.</summary>
    Dead,

    /// <summary>Its backlog stayed full, or the path could not be looked up in time.</summary>
    Late,

    /// <summary>Who listens there may not be talked to.</summary>
    Refused,

    /// <summary>It failed on our side, for want of descriptors or memory or rights: nothing is known about the agent.</summary>
    Exhausted,
}
