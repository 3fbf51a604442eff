using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Agents;

/// <summary>An ssh-agent socket that was found and trusted, and what connecting to it has taught.</summary>
/// <remarks>A socket that is bound anew is another file and so another agent: one that refused stays dead for good.</remarks>
internal sealed class Agent
{
    private readonly string path = "";
    private string? connectPath;

    /// <summary>Its socket, as it is called by whoever has made or named it.</summary>
    public required string Path { get => path; init => path = value; }

    /// <summary>Where it is connected to: mostly its path.</summary>
    public string ConnectPath { get => connectPath ?? path; set => connectPath = value; }

    /// <summary>The path itself leads there, for us as for everybody.</summary>
    public bool IsAtPath => connectPath is null || connectPath == path;

    public required AgentSource Source { get; init; }

    public required FileIdentity Identity { get; init; }

    /// <summary>When the socket was bound.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The configuration's name for it; null for the others.</summary>
    public string? Name { get; init; }

    /// <summary>The configuration wants its keys in every list, whoever leads.</summary>
    public bool IsAlways { get; init; }

    /// <summary>Looking up its path may wait for another machine: never on the loop's thread.</summary>
    public bool MayBlock { get; init; }

    /// <summary>Who listens, once a connection was made: for a forwarded agent, its login's session process.</summary>
    public PeerCredentials? Listener { get; set; }

    /// <summary>Whose it is; null as long as that was not looked at, and for local ones.</summary>
    public AgentOwner? Owner { get; set; }

    /// <summary>The processes that have named it as the agent of their login, the latest last.</summary>
    public IReadOnlyList<int> Registrants { get; set; } = [];

    /// <summary>What it owes us, and how long it usually takes.</summary>
    public AgentHealth Health { get; } = new();

    /// <summary>Whether its laptop can be reached; null as long as its login's connection is not known.</summary>
    public Reachability? Reach { get; set; }

    /// <summary>The first contact, once begun.</summary>
    public FirstContact? FirstContact { get; set; }

    /// <summary>It has said whether it leads back to us: nothing else is asked of it before.</summary>
    public bool IsProbed { get; set; }

    /// <summary>The fairlead behind it, where it is one (<c>ssh -A</c> from a host that has fairlead, too).</summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// The process here through which it asked ourselves: it leads back, and stands for that process, the ssh that a person started in some shell.
    /// </summary>
    public LoopEnd? LoopEnd { get; set; }

    /// <summary>A LOCK went through us: until the UNLOCK its empty list is an answer, not a reason to ask the next agent.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Nobody listens there any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>Why it may not be used although its file passed: found out by connecting.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>It is ourselves again. Never used, but the process that asks through it tells whose login it belongs to.</summary>
    public bool IsLoop => !IsDead && Refusal == Agents.Refusal.LeadsBackToUs && LoopEnd is not null;

    public bool IsUsable => !IsDead && Refusal is null;

    /// <summary>Whether the file is still this one. The time is compared too: a file system may use an inode again at once.</summary>
    public bool IsAt(FileStatus socket) => socket.Identity == Identity && socket.Changed == Created;

    public override string ToString() => Name ?? Path;
}

/// <summary>How fairlead came to know an agent.</summary>
internal enum AgentSource
{
    /// <summary>Its socket stands where sshd puts the sockets of forwarded agents.</summary>
    Forwarded,

    /// <summary>A login's own SSH_AUTH_SOCK, named by <c>fairlead init</c>: how agents of other SSH servers are found.</summary>
    Registered,

    /// <summary>Listed in the configuration.</summary>
    Local,
}

/// <summary>The process here through which a question of ours came back to us.</summary>
/// <param name="SeenAt">In clock ticks since boot: a process of that pid that started later is another one.</param>
internal readonly record struct LoopEnd(int Pid, ulong SeenAt);
