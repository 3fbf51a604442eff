using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Sockets;
using Fairlead.Core.Relay;
using Fairlead.Handover;

namespace Fairlead.StalePaths;

/// <summary>The old paths that the daemon listens at, and the file that lists them for the daemon after this one.</summary>
internal sealed class StalePathSockets(
    EventLoop loop, FileWork files, StalePathPatterns patterns, StalePathRecord record, Acceptor acceptor, Action<string> log, uint uid)
{
    /// <summary>Old paths at one time. A person has a handful of panes from before; what wants more is a mistake.</summary>
    public const int Max = 64;

    private readonly Dictionary<string, StalePathSocket> sockets = [];
    private readonly HashSet<(string Path, int Error)> reported = [];
    private List<StalePathFile> leftovers = [];

    public IReadOnlyCollection<StalePathSocket> All => sockets.Values;

    /// <summary>Paths that programs name and that are not safe to listen at.</summary>
    public IReadOnlyList<RefusedSocket> Refused { get; private set; } = [];

    /// <summary>While it is false nothing is listened at anew.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Called when <see cref="All"/> has changed.</summary>
    public Action? Changed { get; set; }

    /// <summary>Called when the process that a path was kept for has ended.</summary>
    public Action? WitnessEnded { get; set; }

    public bool Contains(string? path) => path is not null && sockets.ContainsKey(path);

    /// <summary>Whether it is what an earlier daemon could not take away: nobody's agent, although it looks like one until somebody connects to it.</summary>
    public bool IsLeftover(StalePath path, FileIdentity identity) => leftovers.Contains(new StalePathFile(path, identity));

    /// <summary>Reads what an earlier daemon could not take away.</summary>
    public async ValueTask ReadRecordAsync()
    {
        IReadOnlyList<StalePathFile> read = await files.DoAsync(record.Read) ?? [];
        leftovers = [.. read.Where(file => !Contains(file.Path.Path))];
    }

    /// <summary>Listens at each path that a process names, those that were named first before the others.</summary>
    /// <returns>False when something stood in the way that may pass: no descriptor, no space.</returns>
    public async ValueTask<bool> ListenAsync(IEnumerable<NamingProcess> named)
    {
        var refused = new List<RefusedSocket>();
        bool isDone = true;
        foreach (NamingProcess process in named.OrderBy(process => process.Started))
        {
            if (!IsOpen)
            {
                break;
            }

            if (!await IsListeningAsync(process))
            {
                isDone &= await ListenAsync(process, refused);
                await loop.YieldAsync(); // up to sixty-four of them: conversations come in between
            }
        }

        Refused = refused;
        return isDone;
    }

    /// <summary>Stops listening where no process names the path any more, and takes away what an earlier daemon left.</summary>
    public async ValueTask DropAsync(Func<string, bool> isNamed)
    {
        foreach (StalePathSocket socket in sockets.Values.Where(socket => !isNamed(socket.File.Path.Path)).ToArray())
        {
            log($"no process names {socket.File.Path.Path} any more");
            Forget(socket);
            await RemoveAsync(socket.File.Remove);
            socket.Dispose();
        }

        foreach (StalePathFile leftover in leftovers.Where(leftover => !isNamed(leftover.Path.Path)).ToArray())
        {
            leftovers.Remove(leftover);
            await RemoveAsync(leftover.RemoveLeftover);
        }
    }

    /// <summary>What another process needs in order to listen there in our place.</summary>
    public IEnumerable<HandedOverSocket> Describe() =>
        sockets.Values.Select(socket => new HandedOverSocket(socket.Listener.Number, socket.File.Identity, socket.File.Path.Path));

    /// <summary>Goes on listening where an earlier daemon did; the next look tells whether it is still needed.</summary>
    public void Adopt(HandedOverSocket inherited)
    {
        if (patterns.Recognise(inherited.Path) is not StalePath path || inherited.Identity is not FileIdentity identity)
        {
            Descriptor.Close(inherited.Descriptor);
            return;
        }

        var file = new StalePathFile(path, identity);
        if (!IsOpen)
        {
            file.Remove(uid);
            Descriptor.Close(inherited.Descriptor);
            return;
        }

        var socket = new StalePathSocket(file, UnixListener.Adopt(loop, inherited.Descriptor), loop.Time.GetUtcNow());
        sockets[inherited.Path] = socket;
        acceptor.AcceptFrom(socket.Listener);
    }

    /// <inheritdoc cref="UnixListener.ListenAgain"/>
    public void ListenAgain()
    {
        foreach (StalePathSocket socket in sockets.Values)
        {
            socket.Listener.ListenAgain();
        }
    }

    /// <summary>Stops listening; files and list stay, for another process goes on.</summary>
    public void HandOver()
    {
        foreach (StalePathSocket socket in sockets.Values)
        {
            socket.Dispose();
        }

        sockets.Clear();
    }

    /// <summary>Nothing stays behind.</summary>
    public void CloseAll()
    {
        foreach (StalePathSocket socket in sockets.Values)
        {
            socket.File.Remove(uid);
            socket.Dispose();
        }

        sockets.Clear();
        Refused = [];
        _ = record.Write(leftovers);
        Changed?.Invoke();
    }

    private async ValueTask<bool> IsListeningAsync(NamingProcess process)
    {
        if (!sockets.TryGetValue(process.Path, out StalePathSocket? known))
        {
            return false;
        }

        if (await files.DoAsync<bool?>(() => known.File.IsInPlace()) == false)
        {
            Forget(known);
            known.Dispose();
            return false;
        }

        known.Rely(loop, process, () => WitnessEnded?.Invoke());
        return true;
    }

    /// <returns>False when it is worth another try.</returns>
    private async ValueTask<bool> ListenAsync(NamingProcess process, List<RefusedSocket> refused)
    {
        if (sockets.Count >= Max)
        {
            refused.Add(new RefusedSocket(process.Path, Refusal.TooManyStalePaths));
            return true;
        }

        StalePath path = patterns.Recognise(process.Path)!;
        StalePathFile? leftover = leftovers.Find(left => left.Path == path);
        StalePathFile[] others = [.. Files().Where(file => file.Path != path)];
        StalePathBinding? outcome = await files.DoAsync(() => Listen(path, leftover, others), GiveBack);
        if (outcome?.Refusal is Refusal refusal)
        {
            refused.Add(new RefusedSocket(process.Path, refusal));
            Report(process.Path, (int)refusal, refusal.Describe());
            return true;
        }

        if (outcome?.File is not null)
        {
            return Take(outcome, process);
        }

        // Somebody is there, or has left something there; or sshd's folder in the home is gone. Neither passes by itself.
        int error = outcome?.Error ?? -Errno.ETIMEDOUT;
        bool isLasting = error is -Errno.EADDRINUSE or -Errno.ENOENT or -Errno.ENAMETOOLONG;
        if (!isLasting)
        {
            Report(process.Path, error, Errno.Describe(error));
        }

        return isLasting;
    }

    /// <summary>The list is written in the same breath: a daemon that is killed in between leaves a socket that the next one does not know.</summary>
    private StalePathBinding Listen(StalePath path, StalePathFile? leftover, StalePathFile[] others)
    {
        StalePathBinding outcome = StalePathFile.Listen(path, uid, leftover);
        if (outcome.File is not null)
        {
            _ = record.Write([.. others, outcome.File]);
        }

        return outcome;
    }

    private bool Take(StalePathBinding outcome, NamingProcess process)
    {
        if (!IsOpen)
        {
            GiveBack(outcome);
            return true;
        }

        UnixListener listener;
        try
        {
            listener = UnixListener.Adopt(loop, outcome.Descriptor);
        }
        catch (SystemCallException)
        {
            outcome.File!.Remove(uid); // epoll takes no more, and the descriptor is closed
            return false;
        }

        var socket = new StalePathSocket(outcome.File!, listener, loop.Time.GetUtcNow());
        leftovers.RemoveAll(left => left.Path == outcome.File!.Path);
        sockets[process.Path] = socket;
        socket.Rely(loop, process, () => WitnessEnded?.Invoke());
        Changed?.Invoke();
        log($"listening at {process.Path} again, which process {process.Pid} names");
        acceptor.AcceptFrom(listener);
        return true;
    }

    /// <summary>What came too late.</summary>
    private void GiveBack(StalePathBinding? outcome)
    {
        if (outcome?.File is StalePathFile file)
        {
            Descriptor.Close(outcome.Descriptor);
            loop.Observe(RemoveAsync(file.Remove));
        }
    }

    private async Task RemoveAsync(Action<uint> remove)
    {
        StalePathFile[] left = [.. Files()]; // not later, on the worker: they are the loop's
        await files.DoAsync(() =>
        {
            remove(uid);
            return record.Write(left) >= 0;
        });
    }

    private void Forget(StalePathSocket socket)
    {
        sockets.Remove(socket.File.Path.Path);
        Changed?.Invoke();
    }

    private IEnumerable<StalePathFile> Files() => [.. sockets.Values.Select(socket => socket.File), .. leftovers];

    private void Report(string path, int reason, string text)
    {
        if (reported.Count < Max && reported.Add((path, reason)))
        {
            log($"{path} is named by a process and not listened at: {text}");
        }
    }
}
