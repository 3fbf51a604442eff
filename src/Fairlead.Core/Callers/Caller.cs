using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>The process that connected to our socket, and its ancestors.</summary>
/// <param name="Pid">0 for a process of another pid namespace: nothing more is known of it.</param>
/// <param name="Ancestors">
/// The process itself, its parent and so on, up to the nearest multiplexer or to the last that can be read. Empty when the
/// process was gone, or its pid used again, before it could be looked at.
/// </param>
internal sealed record Caller(int Pid, IReadOnlyList<int> Ancestors, string? ClientAddress)
{
    /// <summary>A caller of whom nothing is known.</summary>
    public static readonly Caller Unknown = new(0, [], null) { Unread = CallerFacts.All };

    /// <summary>What could not be read of it, for want of rights or time: of this, nothing here does not mean that there is nothing.</summary>
    public CallerFacts Unread { get; init; }

    /// <summary>The process at which the login begins that the climb ended at, the last of the ancestors; 0 when it ended elsewhere.</summary>
    public int LoginPid { get; init; }

    /// <summary>The process of that login which the SSH server has started, as far as the caller descends from it; 0 for none.</summary>
    public int FirstOfLogin { get; init; }

    /// <summary>It has a controlling terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Its working folder, where a rule asks for it.</summary>
    public string? Folder { get; init; }

    /// <summary>The path of its program, where a rule asks for it.</summary>
    public string? Executable { get; init; }

    /// <summary>The multiplexer that ended the climb; null when there is none.</summary>
    public MultiplexerServer? Multiplexer { get; init; }

    /// <summary>
    /// The processes above it, itself among them, that may be a server which programs of logins are connected to; the nearest first. None where a multiplexer
    /// ended the climb.
    /// </summary>
    public IReadOnlyList<MultiplexerServer> Servers { get; init; } = [];

    /// <summary>
    /// One of these that is connected to over TCP from this machine, as by <c>ssh -L</c>: who is at the other end of that cannot be seen. Sought for people only;
    /// 0 for none.
    /// </summary>
    public int TcpServer { get; init; }

    /// <summary>What tells where it sits: its own login does, and nothing between it and that login could be shown elsewhere.</summary>
    public bool IsPlainlyInLogin => this is { LoginPid: > 0, Multiplexer: null, Servers.Count: 0 };

    /// <summary>Why it cannot be seen where that multiplexer shows it.</summary>
    public Obstacle Obstacle { get; init; }

    /// <summary>
    /// The names of the multiplexer's sessions that it runs in: of several that hold its window, those that are attached and show it. None for a
    /// multiplexer whose sessions have no names.
    /// </summary>
    public IReadOnlyList<string> SessionNames { get; init; } = [];

    /// <summary>Where that multiplexer shows the caller now.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The session processes of the logins that were attached last, when nobody is attached now; the latest first.</summary>
    public IReadOnlyList<int> LastAttached { get; init; } = [];

    /// <summary>What the environments of the caller and its ancestors name, nearest first.</summary>
    public IReadOnlyList<EnvironmentHint> Environments { get; init; } = [];

    /// <summary>These facts are all there now.</summary>
    public Caller Knowing(CallerFacts facts) => this with { Unread = Unread & ~facts };

    /// <summary>
    /// Adds what its multiplexer has said. Where it shows the caller, what is above it goes: its parent may be its first client, whose login need not
    /// be where the person sits now.
    /// </summary>
    public Caller SeenIn(MultiplexerObservation seen)
    {
        MultiplexerView view = seen.View;
        CallerFacts known = (view.IsKnown ? CallerFacts.Attachments : CallerFacts.None) | (view.Names is not null ? CallerFacts.Session : CallerFacts.None);
        return (view.Attachments.Count > 0 ? Below(seen.Server) : this).Knowing(known) with
        {
            Multiplexer = seen.Server,
            Attachments = view.Attachments,
            Obstacle = view.Obstacle,
            SessionNames = view.Names ?? [],
        };
    }

    /// <summary>A caller that was reparented has nothing of the multiplexer above itself. A server may ask itself.</summary>
    private Caller Below(MultiplexerServer server) => Ancestors.Contains(server.Pid)
        ? this with { Ancestors = [Pid, .. Ancestors.TakeWhile(pid => pid != server.Pid).Skip(1)], LoginPid = 0, FirstOfLogin = 0 }
        : this;
}

/// <summary>What there is to know of a caller, by how it is read.</summary>
[Flags]
internal enum CallerFacts
{
    None = 0,

    /// <summary>The processes above it.</summary>
    Ancestors = 1,

    /// <summary>The variables that it was started with.</summary>
    Environment = 2,

    /// <summary>Whether a multiplexer shows it, and where.</summary>
    Attachments = 4,

    /// <summary>Its working folder and its program.</summary>
    Program = 8,

    /// <summary>The name of the multiplexer's session that it runs in.</summary>
    Session = 16,

    All = Ancestors | Environment | Attachments | Program | Session,
}

/// <summary>What the first environment of a caller or of one of its ancestors names: the login that it was started from.</summary>
/// <param name="Pid">Whose environment it is.</param>
/// <param name="AgentPath">SSH_AUTH_SOCK; null when unset.</param>
/// <param name="Connection">SSH_CONNECTION; null when unset.</param>
internal sealed record EnvironmentHint(int Pid, string? AgentPath, string? Connection);
