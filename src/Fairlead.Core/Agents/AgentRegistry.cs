using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.Core.Agents;

/// <summary>All agents that can be used now: found in folders, registered by logins, listed in the configuration.</summary>
/// <remarks>
/// Nothing is asked while no request comes: <see cref="RefreshAsync"/> looks, once for each route, at what has changed.
/// Paths on other machines are looked at on the worker; when they do not answer in time, the last known agents stand.
/// </remarks>
internal sealed class AgentRegistry(BlockingWorker worker, uint uid, TimeProvider time)
{
    /// <summary>Registered sockets that are held, a descriptor each; the oldest is forgotten first.</summary>
    private const int MaxRegistered = 256;

    private static readonly TimeSpan LookDeadline = TimeSpan.FromMilliseconds(250);

    private readonly List<ISocketFinder> finders = [];
    private bool isStale = true;

    /// <summary>Device and inode of the sockets that we listen on ourselves: never agents.</summary>
    public HashSet<FileIdentity> OwnSockets { get; } = [];

    /// <summary>Usable agents, each socket once.</summary>
    public List<Agent> Agents { get; } = [];

    /// <summary>Agents that are ourselves again: each stands for the process that asks through it.</summary>
    public List<Agent> Loops { get; } = [];

    public List<RefusedSocket> Refused { get; } = [];

    /// <summary>Called when <see cref="Agents"/> are others than before. Whoever is told asks nothing of the registry in it.</summary>
    public Action? Changed { get; set; }

    /// <summary>Where an agent may appear, as far as looking there waits for no other machine.</summary>
    public IEnumerable<string> WatchableFolders => finders
        .Where(finder => !finder.MayBlock)
        .Select(finder => finder switch
        {
            SocketFolder folder => folder.Path,
            NamedSocket socket => Path.GetDirectoryName(socket.Path),
            _ => null, // a login's own: it registers again
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

    /// <summary>What logins have registered, oldest first.</summary>
    public IReadOnlyList<RegisteredSocket> Registered => [.. finders.OfType<RegisteredSocket>()];

    /// <summary>Replaces the folders that are read and the agents of the configuration; registered paths stay.</summary>
    /// <param name="always">The names of those whose keys belong to every list.</param>
    public void Configure(IEnumerable<string> folders, IEnumerable<(string Name, string Path)> local, IReadOnlySet<string>? always = null)
    {
        ISocketFinder[] registered = [.. finders.Where(finder => finder is RegisteredSocket)];
        finders.Clear();
        finders.AddRange(folders.Distinct().Select(path => new SocketFolder(path, uid, time)));
        finders.AddRange(registered);
        finders.AddRange(local.Select(agent => new NamedSocket(agent.Path, agent.Name, uid)
        {
            IsAlways = always?.Contains(agent.Name) == true,
        }));
        isStale = true;
    }

    /// <summary>Remembers the agent of a login, whatever SSH server made it.</summary>
    /// <param name="path">As the login was told of it.</param>
    /// <param name="descriptor">Names the socket (<see cref="PathDescriptor"/>); the registry's from here on.</param>
    /// <param name="refusal">Why the folder that the login has found it in is not to be trusted; null when it is.</param>
    /// <param name="registrant">The login's process that says so.</param>
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

    /// <summary>Brings <see cref="Agents"/> and <see cref="Refused"/> up to date.</summary>
    public async ValueTask RefreshAsync()
    {
        for (int i = 0; i < finders.Count; i++)
        {
            ISocketFinder finder = finders[i];
            bool isNew = finder.MayBlock
                ? await worker.RunAsync(() => Look(finder), LookDeadline, late => isStale |= late)
                : finder.Refresh();
            isStale |= isNew; // only now: an agent may have died during the wait
        }

        if (isStale)
        {
            isStale = false;
            Collect();
        }
    }

    /// <summary><see cref="OwnSockets"/> are others now: what is one of them was an agent until here, or is one from here on.</summary>
    public void Reconsider() => isStale = true;

    /// <summary>Nobody listens at the agent's socket any more.</summary>
    public void MarkDead(Agent agent)
    {
        agent.IsDead = true;
        isStale = true;
    }

    /// <summary>Connecting to the agent has shown that it may not be used.</summary>
    public void Refuse(Agent agent, Refusal reason)
    {
        agent.Refusal = reason;
        isStale = true;
    }

    private void Remove(RegisteredSocket socket)
    {
        finders.Remove(socket);
        socket.Agent.IsDead |= !socket.Agent.IsAtPath; // its descriptor's number may be another's soon
        socket.Dispose();
    }

    private static bool IsAtOrAbove(string path, string other) =>
        other.StartsWith(path, StringComparison.Ordinal) && (other.Length == path.Length || other[path.Length] == '/');

    /// <summary>A look that is stuck on a dead file server may still be under way on the thread that was replaced.</summary>
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

        if (!Agents.SequenceEqual(before))
        {
            Changed?.Invoke();
        }
    }
}
