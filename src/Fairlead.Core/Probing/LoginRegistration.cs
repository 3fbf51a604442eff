using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Probing;

/// <summary>
/// Takes the agents that logins register as their own, and finds out at once whether each can be used, because otherwise the shell may keep
/// it. Belongs to the loop.
/// </summary>
internal sealed class LoginRegistration(BlockingWorker worker, AgentRegistry registry, LoopDetector detector)
{
    private const string BelowProc = "/proc/";

    /// <summary>The longest that a choice waits for lost agents, on a machine with thousands of processes.</summary>
    private static readonly TimeSpan FindTimeout = TimeSpan.FromMilliseconds(500);

    /// <param name="path">As the login's environment names it.</param>
    /// <param name="socket">A descriptor that names the socket; stays the caller's.</param>
    /// <param name="folder">A descriptor of its folder; stays the caller's.</param>
    /// <param name="registrant">The login's process that registers it.</param>
    /// <returns>Null when there is nothing to hold, or no free descriptor to hold it.</returns>
    public RegisteredSocket? Register(string path, int socket, int folder, int registrant)
    {
        bool isSocket = FileStatus.TryRead(socket, out FileStatus named) >= 0 && named.Kind == FileKind.Socket; // nothing else is worth a descriptor
        int held = isSocket && MayRegister(path) ? LibC.Result(LibC.fcntl(socket, LibC.F_DUPFD_CLOEXEC, (nint)0)) : -Errno.EINVAL;
        _ = FileStatus.TryRead(folder, out FileStatus around);
        return held < 0 ? null : registry.Register(path, held, SocketTrust.ExamineFolder(around, CurrentProcess.Uid), registrant);
    }

    /// <summary>
    /// The file that the path names for us, not for the login, if the login could not pass descriptors. None on a file server, which may
    /// not answer.
    /// </summary>
    /// <inheritdoc cref="Register(string, int, int, int)"/>
    public RegisteredSocket? Register(string path, int registrant)
    {
        if (!MayRegister(path) || FileSystem.MayBlock(path))
        {
            return null;
        }

        Refusal? refusal = SocketTrust.Examine(path, CurrentProcess.Uid, out string resolved, out _);
        int held = refusal == Refusal.NotASocket ? -Errno.EINVAL : PathDescriptor.Open(resolved);
        return held < 0 ? null : registry.Register(path, held, refusal, registrant);
    }

    /// <summary>Connects to it, and watches it from now on.</summary>
    /// <returns>Why it cannot be used; null when it can.</returns>
    public async ValueTask<Refusal?> ExamineAsync(RegisteredSocket registered)
    {
        await registry.RefreshAsync();
        Agent agent = registered.Agent;
        if (agent is { Refusal: null, Listener: null, IsDead: false })
        {
            await detector.Probe(agent).Connected.WaitAsync();
        }

        if (agent is { Refusal: null, IsDead: false, Source: AgentSource.Registered } && agent.Listener is not ({ Uid: 0 } or { Pid: > 0 }))
        {
            registry.Refuse(agent, Refusal.ListenerInContainer); // nothing is known of a listener that is gone, or has no pid here
        }

        registered.WatchListener(worker.Loop, End);
        return agent.IsLoop ? null : agent.IsDead ? Refusal.NotASocket : agent.Refusal;
    }

    /// <summary>
    /// Registers again the agents that the programs of this user name, because a daemon that was killed left no list of them. Choices wait
    /// a moment for its end.
    /// </summary>
    public async Task FindLostAsync()
    {
        using LoopTimer timer = worker.Loop.Schedule(FindTimeout, Found.Happen);
        try
        {
            await RegisterLostAsync();
        }
        finally
        {
            Found.Happen();
        }
    }

    /// <summary><see cref="FindLostAsync"/> has ended, or its time is over. Happens at once if nothing was lost.</summary>
    public LoopEvent Found { get; } = new();

    private async ValueTask RegisterLostAsync()
    {
        await registry.RefreshAsync();
        var search = new NamedAgentSearch(CurrentProcess.Uid, registry.Agents.Select(agent => agent.Identity).Concat(registry.OwnSockets));
        (List<NamedAgent> named, _) = await new ChunkedWork<int, NamedAgent>(worker, search.Read).AskAsync(ProcessList.Read());
        foreach (NamedAgent agent in named)
        {
            RegisteredSocket? registered = Register(agent.Path, agent.Socket, agent.Folder, agent.Pid);
            Descriptor.Close(agent.Socket);
            Descriptor.Close(agent.Folder);
            _ = registered is null ? null : await ExamineAsync(registered);
        }
    }

    /// <summary>A path below /proc leads into the files that another process sees.</summary>
    private static bool MayRegister(string path) => Path.IsPathRooted(path) && !Path.GetFullPath(path).StartsWith(BelowProc, StringComparison.Ordinal);

    private void End(Agent agent)
    {
        registry.MarkDead(agent);
        worker.Loop.Observe(registry.RefreshAsync().AsTask());
    }
}
