using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>All agents that can be used now: found in folders, registered by logins, listed in the configuration.</summary>
/// <remarks>
/// It does nothing without requests: <see cref="RefreshAsync"/> looks once for each route at what has changed. The worker looks at paths on
/// other machines; if they do not answer in time, the last known agents stay.
/// </remarks>
internal sealed class AgentRegistry(BlockingWorker worker, uint uid, TimeProvider time)
{
    /// <summary>How many registered sockets are held, a descriptor each; the oldest is forgotten first.</summary>
    private const int MaxRegistered = 256;

    private static readonly TimeSpan LookDeadline = TimeSpan.FromMilliseconds(250);

    private readonly List<ISocketFinder> finders = [];

    /// <summary>The readings of folders that were too large for the loop.</summary>
    private readonly Dictionary<SocketFolder, BackgroundReading> readings = [];
    private bool isStale = true;

    /// <summary>Device and inode of the sockets that we listen on ourselves: never agents.</summary>
    public HashSet<FileIdentity> OwnSockets { get; } = [];

    /// <summary>Usable agents, each socket once.</summary>
    public List<Agent> Agents { get; } = [];

    /// <summary>Agents that lead back to us: each stands for the process that asks through it.</summary>
    public List<Agent> Loops { get; } = [];

    public List<RefusedSocket> Refused { get; } = [];

    /// <summary>Called when <see cref="Agents"/> have changed. The callback must not ask the registry anything.</summary>
    public Action? Changed { get; set; }

    /// <summary>
    /// Called when the places were read again, whether <see cref="Agents"/> have changed or not. Before <see cref="Changed"/>, and with the
    /// same limit.
    /// </summary>
    public Action? Collected { get; set; }

    /// <summary>A folder too large to be read at once is being read: an agent that has just arrived may not be known yet.</summary>
    public bool IsBehind => readings.Values.Any(reading => reading.IsRunning);

    /// <summary>
    /// While it is behind: for logins that began before this, in clock ticks since boot, the agents in all folders are known.
    /// </summary>
    public ulong ReadAt => readings.Values.Where(reading => reading.IsRunning).Min(reading => reading.ReadAt);

    /// <summary>The places where an agent may appear, except those where a look may wait for another machine.</summary>
    public IEnumerable<string> WatchableFolders => finders
        .Where(finder => !finder.MayBlock)
        .Select(finder => finder switch
        {
            SocketFolder folder => folder.Path,
            NamedSocket socket => Path.GetDirectoryName(socket.Path),
            _ => null, // a login's own agent: it registers again
        })
        .OfType<string>()
        .Distinct();

    /// <summary>Whether something new of this name, in one of these folders or near it, may be an agent, or on the way to one.</summary>
    public bool MayLeadToAgent(string folder, string name)
    {
        string path = Path.Join(folder, name);
        return finders.Exists(finder => finder switch
        {
            SocketFolder known => known.MayLeadToAgent(folder, name) || IsAtOrAbove(path, known.Path),
            NamedSocket known => IsAtOrAbove(path, known.Path),
            _ => false,
        });
    }

    /// <summary>The agents that logins registered, oldest first.</summary>
    public IReadOnlyList<RegisteredSocket> Registered => [.. finders.OfType<RegisteredSocket>()];

    /// <summary>
    /// The paths of the folders of this user's logins in one of the folders that are read, whether their agents live or not; null while it
    /// is being read.
    /// </summary>
    public IReadOnlyList<string>? FindLoginFoldersIn(string folder) =>
        finders.OfType<SocketFolder>().FirstOrDefault(known => known.Path == folder) is SocketFolder known ? known.FindLoginFolders() : [];

    /// <summary>Replaces the folders to read and the agents in the configuration; registered paths stay.</summary>
    /// <param name="always">The names of the agents whose keys belong in every list.</param>
    public void Configure(IEnumerable<string> folders, IEnumerable<(string Name, string Path)> local, IReadOnlySet<string>? always = null)
    {
        ISocketFinder[] registered = [.. finders.Where(finder => finder is RegisteredSocket)];
        SocketFolder[] read = [.. finders.OfType<SocketFolder>()];
        finders.Clear();
        finders.AddRange(folders.Distinct().Select(path => Array.Find(read, known => known.Path == path) ?? new SocketFolder(path, uid, time)));
        foreach (SocketFolder gone in read.Except(finders.OfType<SocketFolder>()))
        {
            readings.Remove(gone);
        }

        finders.AddRange(registered);
        finders.AddRange(local.Select(agent => new NamedSocket(agent.Path, agent.Name, uid)
        {
            IsAlways = always?.Contains(agent.Name) == true,
        }));
        isStale = true;
    }

    /// <summary>Remembers the agent of a login, of any SSH server.</summary>
    /// <param name="path">As the login's environment names it.</param>
    /// <param name="descriptor">Names the socket (<see cref="PathDescriptor"/>); the registry's from here on.</param>
    /// <param name="refusal">Why the folder in which the login found it cannot be trusted; null if it can.</param>
    /// <param name="registrant">The login's process that registers it.</param>
    public RegisteredSocket Register(string path, int descriptor, Refusal? refusal, int registrant)
    {
        var socket = new RegisteredSocket(path, descriptor, refusal, registrant, uid);
        IReadOnlyList<RegisteredSocket> registered = Registered;
        if (registered.FirstOrDefault(known => known.Agent.Identity == socket.Agent.Identity && !known.IsOver) is RegisteredSocket same)
        {
            socket.Dispose();
            same.AddRegistrant(registrant);
            return same;
        }

        if (registered.Count == MaxRegistered)
        {
            Remove(registered[0]);
        }

        finders.Add(socket);
        isStale = true;
        return socket;
    }

    /// <summary>
    /// Updates <see cref="Agents"/> and <see cref="Refused"/>, except for folders too large to be read at once: for these the known agents
    /// stay until they are read (<see cref="IsBehind"/>).
    /// </summary>
    /// <param name="age">
    /// How long ago the folder of a login with a living agent may have been looked at. A route needs no more: a connection shows whether the
    /// socket is still there.
    /// </param>
    public async ValueTask RefreshAsync(TimeSpan age = default)
    {
        for (int i = 0; i < finders.Count; i++)
        {
            ISocketFinder finder = finders[i];
            if (finder is SocketFolder busy && readings.GetValueOrDefault(busy) is { IsRunning: true } reading)
            {
                reading.Want();
                continue;
            }

            bool isNew = finder.MayBlock
                ? await worker.RunAsync(() => Look(finder), LookDeadline, late => isStale |= late)
                : finder is SocketFolder folder ? folder.Refresh(age) : finder.Refresh();
            isStale |= isNew; // only now: an agent may have died during the wait
            if (finder is SocketFolder { IsBehind: true } large)
            {
                ReadingOf(large).Want();
            }
        }

        if (isStale)
        {
            isStale = false;
            Collect();
        }
    }

    /// <summary>Waits until nothing is behind, for the given time at most; then every agent from before the call is known.</summary>
    /// <returns>False if it takes longer.</returns>
    public async ValueTask<bool> CatchUpAsync(TimeSpan patience)
    {
        await RefreshAsync();
        bool isDone = true;
        foreach (BackgroundReading reading in readings.Values.Where(reading => reading.IsRunning).ToArray())
        {
            isDone &= await reading.CatchUpAsync(patience);
        }

        return isDone;
    }

    /// <summary><see cref="OwnSockets"/> have changed: a socket may have been an agent until now, or may be one from now on.</summary>
    public void Reconsider() => isStale = true;

    /// <summary>Nothing listens at the agent's socket any more.</summary>
    public void MarkDead(Agent agent)
    {
        agent.IsDead = true;
        isStale = true;
        foreach (ISocketFinder finder in finders)
        {
            (finder as SocketFolder)?.NoteEnded(); // one of them holds it, and the others take it for a hint
        }
    }

    /// <summary>A connection to the agent showed that it may not be used.</summary>
    public void Refuse(Agent agent, Refusal reason)
    {
        agent.Refusal = reason;
        isStale = true;
    }

    private BackgroundReading ReadingOf(SocketFolder folder)
    {
        if (!readings.TryGetValue(folder, out BackgroundReading? reading))
        {
            reading = new BackgroundReading(worker, folder, Collect);
            readings.Add(folder, reading);
        }

        return reading;
    }

    private void Remove(RegisteredSocket socket)
    {
        finders.Remove(socket);
        socket.Agent.IsDead |= !socket.Agent.IsAtPath; // another file may soon have its descriptor's number
        socket.Dispose();
    }

    private static bool IsAtOrAbove(string path, string other) =>
        other.StartsWith(path, StringComparison.Ordinal) && (other.Length == path.Length || other[path.Length] == '/');

    /// <summary>A look that is stuck on a dead file server may still be in progress on the thread that was replaced.</summary>
    private static bool Look(ISocketFinder finder)
    {
        if (!Monitor.TryEnter(finder))
        {
            return false;
        }

        try
        {
            return finder.Refresh();
        }
        finally
        {
            Monitor.Exit(finder);
        }
    }

    private void Collect()
    {
        Agent[] before = [.. Agents];
        Agents.Clear();
        Loops.Clear();
        Refused.Clear();
        foreach (RegisteredSocket over in Registered.Where(socket => socket.IsOver))
        {
            Remove(over);
        }

        var seen = new Dictionary<FileIdentity, Agent>();
        foreach (ISocketFinder finder in finders)
        {
            Refused.AddRange(finder.Refused);
            foreach (Agent agent in finder.Agents.Where(agent => !agent.IsDead && !OwnSockets.Contains(agent.Identity)))
            {
                var registered = finder as RegisteredSocket;
                if (!seen.TryAdd(agent.Identity, agent))
                {
                    registered?.Share(seen[agent.Identity]);
                    continue;
                }

                if (registered is null)
                {
                    agent.ConnectPath = agent.Path;
                }

                registered?.Hold();
                if (agent.Refusal is Refusal refusal)
                {
                    Refused.Add(new RefusedSocket(agent.Path, refusal));
                    Loops.AddRange(agent.IsLoop ? [agent] : []);
                }
                else
                {
                    Agents.Add(agent);
                }
            }
        }

        Collected?.Invoke();
        if (!Agents.SequenceEqual(before))
        {
            Changed?.Invoke();
        }
    }
}
