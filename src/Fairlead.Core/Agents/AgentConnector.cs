using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Agents;

/// <summary>Connects to agents, and checks which process listens before it sends the first byte.</summary>
/// <remarks>
/// After a logout sshd's /tmp/ssh-XXXXXXXXXX is gone, and any user can make it again and listen there: only the peer's uid, for which the
/// kernel vouches, shows it.
/// </remarks>
internal sealed class AgentConnector(EventLoop loop, BlockingWorker worker, AgentRegistry registry, uint uid)
{
    /// <summary>How long it may take to look up a path where that can block.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>bind and listen are two steps: a socket this young that refuses may be between them.</summary>
    private static readonly TimeSpan TimeToListen = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan[] YoungPauses =
        [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100)];

    /// <param name="ended">Nobody needs the connection any more: do not wait for a place in the agent's backlog.</param>
    /// <returns>The stream only with <see cref="ConnectOutcome.Connected"/>; dead and refused agents are marked so.</returns>
    public async ValueTask<(ConnectOutcome Outcome, UnixStream? Stream)> ConnectAsync(Agent agent, CancellationToken ended = default)
    {
        int connected = await TryForAWhileAsync(agent, ended);
        switch (connected)
        {
            case >= 0:
                return Examine(agent, UnixStream.Adopt(loop, connected, speaksFirst: false));
            case -Errno.EAGAIN or -Errno.ETIMEDOUT:
                return (ConnectOutcome.Late, null);
            case -Errno.ECONNREFUSED or -Errno.ENOENT or -Errno.ENOTDIR:
                registry.MarkDead(agent);
                return (ConnectOutcome.Dead, null);
            default:
                return (ConnectOutcome.Exhausted, null);
        }
    }

    private async ValueTask<int> TryForAWhileAsync(Agent agent, CancellationToken ended)
    {
        int refusals = 0;
        while (true)
        {
            // No request overtakes those that wait.
            int connected = agent.Backlog is null or { IsEmpty: true } ? await TryOnceAsync(agent) : -Errno.EAGAIN;
            if (connected == -Errno.EAGAIN)
            {
                agent.Backlog ??= new BacklogQueue(loop);
                connected = await agent.Backlog.ConnectAsync(() => TryOnceAsync(agent), ended);
            }

            if (connected != -Errno.ECONNREFUSED || refusals == YoungPauses.Length || !IsYoung(agent))
            {
                return connected;
            }

            await loop.DelayAsync(YoungPauses[refusals++]);
        }
    }

    private async ValueTask<int> TryOnceAsync(Agent agent)
    {
        if (!agent.MayBlock)
        {
            if (agent is { IsCheckedAtUse: true, IsAtPath: true } && FileStatus.TryRead(agent.Path, out FileStatus status) >= 0
                && !agent.IsAt(status) && !await IsStillThereAsync(agent))
            {
                return -Errno.ENOENT;
            }

            int connected = UnixStream.Connect(agent.ConnectPath);
            return Errno.IsExhausted(connected) && loop.FreeDescriptors() ? UnixStream.Connect(agent.ConnectPath) : connected;
        }

        return await worker.RunAsync<int?>(() => agent.IsDead ? -Errno.ECONNREFUSED : UnixStream.Connect(agent.ConnectPath), ConnectTimeout, Close) ?? -Errno.ETIMEDOUT;
    }

    /// <summary>Another socket has the agent's path, or only the rights of its file were changed: the folder shows which.</summary>
    private async ValueTask<bool> IsStillThereAsync(Agent agent)
    {
        await registry.RefreshAsync();
        return registry.Agents.Contains(agent);
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
            { Uid: not 0 } listener when agent is { Source: not AgentSource.Local, Listener: null } && Sandbox.Holds(listener.Pid) == true => Refusal.ListenerInContainer,
            _ => null,
        };

        if (refusal is Refusal reason)
        {
            stream.Dispose();
            registry.Refuse(agent, reason);
            return (ConnectOutcome.Refused, null);
        }

        agent.Listener ??= Living(stream.Peer);
        return (ConnectOutcome.Connected, stream);
    }

    /// <summary>
    /// A program that goes into the background listens first: its pid is that of a process that is gone, and another may have it later.
    /// </summary>
    private static PeerCredentials Living(PeerCredentials listener) =>
        listener.Pid > 0 && LibC.Result(LibC.kill(listener.Pid, 0)) == -Errno.ESRCH ? listener with { Pid = 0 } : listener;
}

/// <summary>The result of an attempt to reach an agent.</summary>
internal enum ConnectOutcome
{
    Connected,

    /// <summary>Nothing listens there, and nothing will: the socket was left behind.</summary>
    Dead,

    /// <summary>Its backlog stayed full, or the path could not be looked up in time.</summary>
    Late,

    /// <summary>The process that listens there may not be used.</summary>
    Refused,

    /// <summary>It failed on our side, for lack of descriptors, memory or rights: nothing is known about the agent.</summary>
    Exhausted,
}
