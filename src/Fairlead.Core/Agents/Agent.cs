using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.Core.Agents;

/// <summary>An ssh-agent socket that fairlead found and trusts, and what it learned by connecting.</summary>
/// <remarks>A socket that is bound again is another file and so another agent: one that refused stays dead.</remarks>
internal sealed class Agent
{
    private readonly string path = "";
    private string? connectPath;

    /// <summary>The path of its socket, as its maker or its registration names it.</summary>
    public required string Path { get => path; init => path = value; }

    /// <summary>The path to connect to: mostly its own.</summary>
    public string ConnectPath { get => connectPath ?? path; set => connectPath = value; }

    /// <summary>The path itself names the socket, for us as for everybody.</summary>
    public bool IsAtPath => connectPath is null || connectPath == path;

    public required AgentSource Source { get; init; }

    public required FileIdentity Identity { get; init; }

    /// <summary>When the socket was bound.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The configuration's name for it; null for the others.</summary>
    public string? Name { get; init; }

    /// <summary>Its keys belong in every list, whichever agent leads (configuration).</summary>
    public bool IsAlways { get; init; }

    /// <summary>Looking up its path may wait for another machine: never do it on the loop's thread.</summary>
    public bool MayBlock { get; init; }

    /// <summary>Its folder is not looked at before each use: whether the socket at its path is still this one shows only then.</summary>
    public bool IsCheckedAtUse { get; init; }

    /// <summary>The process that listens, known after the first connection: for a forwarded agent, its login's session process.</summary>
    public PeerCredentials? Listener { get; set; }

    /// <summary>Its owner; null until fairlead has looked, and for local agents.</summary>
    public AgentOwner? Owner { get; set; }

    /// <summary>The processes that registered it as the agent of their login, the latest last.</summary>
    public IReadOnlyList<int> Registrants { get; set; } = [];

    /// <summary>What it listed most recently to somebody on this host; null as long as it has listed nothing.</summary>
    public KeyList? Keys { get; set; }

    /// <summary>The person's own name for the laptop that it is forwarded from; null without one.</summary>
    public string? LaptopName { get; set; }

    /// <summary>What it owes us, and how long it usually takes.</summary>
    public AgentHealth Health { get; } = new();

    /// <summary>The requests that wait until it accepts more connections; null until one had to.</summary>
    public BacklogQueue? Backlog { get; set; }

    /// <summary>Whether its laptop can be reached; null until its login's connection is known.</summary>
    public Reachability? Reach { get; set; }

    /// <summary>The first contact, once begun.</summary>
    public FirstContact? FirstContact { get; set; }

    /// <summary>It has said whether it leads back to us: fairlead asks it nothing else before.</summary>
    public bool IsProbed { get; set; }

    /// <summary>The fairlead behind it, if it is one (<c>ssh -A</c> from a host that also has fairlead).</summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// The process here through which it asked us: it leads back, and stands for that process, the ssh that a person started in some shell.
    /// </summary>
    public LoopEnd? LoopEnd { get; set; }

    /// <summary>A LOCK went through us: until the UNLOCK its empty list is an answer, not a reason to ask the next agent.</summary>
    public bool IsLocked { get; set; }

    /// <summary>Nothing listens there any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>Why it may not be used although its file passed: a connection showed it.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>It leads back to us. Never used, but the process that asks through it shows its login.</summary>
    public bool IsLoop => !IsDead && Refusal == Agents.Refusal.LeadsBackToUs && LoopEnd is not null;

    public bool IsUsable => !IsDead && Refusal is null;

    /// <summary>
    /// Whether the file is still this one. Compares the time as well, because a file system may use an inode again at once.
    /// </summary>
    public bool IsAt(FileStatus socket) => socket.Identity == Identity && socket.Changed == Created;

    public override string ToString() => Name ?? Path;
}

/// <summary>How fairlead came to know an agent.</summary>
internal enum AgentSource
{
    /// <summary>Its socket is where sshd puts the sockets of forwarded agents.</summary>
    Forwarded,

    /// <summary>
    /// A login's own SSH_AUTH_SOCK, registered by <c>fairlead init</c>: this is how fairlead finds agents of other SSH servers.
    /// </summary>
    Registered,

    /// <summary>Listed in the configuration.</summary>
    Local,
}

/// <summary>The process here through which a question of ours came back to us.</summary>
/// <param name="SeenAt">In clock ticks since boot: a process of that pid that started later is another one.</param>
internal readonly record struct LoopEnd(int Pid, ulong SeenAt);
