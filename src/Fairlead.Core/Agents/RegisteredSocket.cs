using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Agents;

/// <summary>
/// The agent that a login registered as its own, held by a descriptor. A path would not do: in the daemon's /tmp it may belong to another
/// laptop (pam_namespace, a private /tmp, a container that shares the home), and a cleaner of /tmp may remove it while the agent lives.
/// </summary>
internal sealed class RegisteredSocket : ISocketFinder, IDisposable
{
    /// <summary>The processes that registered it, one for each shell of the login.</summary>
    private const int MaxRegistrants = 16;

    private Agent agent;
    private bool isNew = true;
    private bool isUnlinked;
    private ProcessEnd? listenerEnd;
    private bool isDisposed;

    /// <param name="descriptor">The socket's descriptor; this object closes it.</param>
    /// <param name="refusal">Why the folder in which the login found it cannot be trusted; null if it can.</param>
    public RegisteredSocket(string path, int descriptor, Refusal? refusal, int registrant, uint uid)
    {
        Descriptor = descriptor;
        _ = FileStatus.TryRead(descriptor, out FileStatus socket);
        MayBlock = FileSystem.MayBlock(PathDescriptor.PathOf(descriptor));
        agent = new Agent
        {
            Path = path,
            ConnectPath = PathDescriptor.PathOf(descriptor),
            Source = AgentSource.Registered,
            Identity = socket.Identity,
            Created = socket.Changed,
            MayBlock = MayBlock,
            Registrants = [registrant],
            Refusal = refusal ?? SocketTrust.ExamineSocket(socket, uid),
        };
    }

    public int Descriptor { get; }

    public string Path => agent.Path;

    public Agent Agent => agent;

    public bool MayBlock { get; }

    public IReadOnlyList<Agent> Agents => [agent];

    public IReadOnlyList<RefusedSocket> Refused => [];

    /// <summary>Nothing listens there any more; or it is refused, and reported only while the login that registered it exists.</summary>
    public bool IsOver => agent.IsDead || (IsRefused && !Array.Exists([.. agent.Registrants], IsThere));

    /// <summary>
    /// The file may be gone because its login has ended, or because somebody has tidied up: asks once whether anything listens, and then
    /// relies on the listener's end.
    /// </summary>
    public bool Refresh()
    {
        bool wasNew = isNew;
        isNew = false;
        if (IsRefused)
        {
            return wasNew || IsOver;
        }

        if (!agent.IsDead && (isUnlinked ? IsListenerGone() : IsUnlinked() && IsRefusing()))
        {
            agent.IsDead = true;
            return true;
        }

        return wasNew;
    }

    /// <summary>Notices the agent's end when its listener's process ends, and not at the next request.</summary>
    /// <param name="ended">Called at that moment, if nothing else listens.</param>
    public void WatchListener(EventLoop loop, Action<Agent> ended)
    {
        if (listenerEnd is null && !isDisposed && agent.Listener is { Pid: > 0 } listener && ProcessStat.TryRead(listener.Pid, out ProcessStat process))
        {
            listenerEnd = ProcessEnd.Watch(loop, process.Pid, process.Started, () =>
            {
                if (!agent.IsDead && IsRefusing())
                {
                    ended(agent);
                }
            });
        }
    }

    /// <summary>The same socket was also found in a folder: one agent, with everything that is known of it.</summary>
    public void Share(Agent found)
    {
        found.Registrants = agent.Registrants;
        agent = found;
    }

    /// <summary>It was not found elsewhere, so the descriptor is the way to it.</summary>
    public void Hold() => agent.ConnectPath = PathDescriptor.PathOf(Descriptor);

    /// <summary>Another shell of the login registers it.</summary>
    public void AddRegistrant(int pid) => agent.Registrants = [.. agent.Registrants.Where(known => known != pid).TakeLast(MaxRegistrants - 1), pid];

    public void Dispose()
    {
        isDisposed = true;
        listenerEnd?.Dispose();
        Linux.Interop.Descriptor.Close(Descriptor);
    }

    private bool IsRefused => agent.Refusal is not null && !agent.IsLoop;

    private bool IsUnlinked()
    {
        isUnlinked = FileStatus.TryRead(Descriptor, out FileStatus status) >= 0 && status.LinkCount == 0;
        return isUnlinked;
    }

    private bool IsListenerGone() => agent.Listener is { Pid: > 0 } listener && !IsThere(listener.Pid);

    private static bool IsThere(int pid) => pid > 0 && LibC.Result(LibC.kill(pid, 0)) != -Errno.ESRCH;

    private bool IsRefusing()
    {
        int connected = UnixStream.Connect(PathDescriptor.PathOf(Descriptor));
        if (connected >= 0)
        {
            Linux.Interop.Descriptor.Close(connected);
        }

        return connected == -Errno.ECONNREFUSED;
    }
}
