using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>The process that connected to our socket, and its ancestors.</summary>
/// <param name="Pid">0 for a process of another pid namespace: nothing more is known of it.</param>
/// <param name="Ancestors">
/// The process itself, its parent and so on, up to the nearest multiplexer or to the last that can be read. Empty when the process was
/// gone, or its pid used again, before it could be read.
/// </param>
internal sealed record Caller(int Pid, IReadOnlyList<int> Ancestors, string? ClientAddress)
{
    /// <summary>A caller about which nothing is known.</summary>
    public static readonly Caller Unknown = new(0, [], null) { Unread = CallerFacts.All };

    /// <summary>
    /// The facts that could not be read, for lack of rights or time: an empty value of these does not mean that there is none.
    /// </summary>
    public CallerFacts Unread { get; init; }

    /// <summary>
    /// The process at which the climb ended and a login begins, the last of the ancestors; 0 when the climb ended elsewhere.
    /// </summary>
    public int LoginPid { get; init; }

    /// <summary>The process of that login that the SSH server started, if the caller descends from it; 0 for none.</summary>
    public int FirstOfLogin { get; init; }

    /// <summary>It has a controlling terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Its working directory, if a rule asks for it.</summary>
    public string? Folder { get; init; }

    /// <summary>The path of its program, if a rule asks for it.</summary>
    public string? Executable { get; init; }

    /// <summary>
    /// If a rule asks for it: its program and those above it, each with the path, as far as it can be read, and the name that the process
    /// gave itself.
    /// </summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>The variables that it was started with, if a rule asks for them: "NAME=VALUE".</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The multiplexer that ended the climb; null when there is none.</summary>
    public MultiplexerServer? Multiplexer { get; init; }

    /// <summary>
    /// The processes above it, itself included, that may be a server to which programs of logins are connected; the nearest first. None if
    /// a multiplexer ended the climb.
    /// </summary>
    public IReadOnlyList<MultiplexerServer> Servers { get; init; } = [];

    /// <summary>
    /// One of these with a TCP connection from this machine, as by <c>ssh -L</c>: fairlead cannot see the program at the other end. Only
    /// sought for reports; 0 for none.
    /// </summary>
    public int TcpServer { get; init; }

    /// <summary>Its own login shows where it is, because nothing between it and that login could be shown elsewhere.</summary>
    public bool IsPlainlyInLogin => this is { LoginPid: > 0, Multiplexer: null, Servers.Count: 0 };

    /// <summary>Why fairlead cannot see where that multiplexer shows it.</summary>
    public Obstacle Obstacle { get; init; }

    /// <summary>
    /// The names of the multiplexer's sessions that it runs in: if several hold its window, those that are attached and show it. None for a
    /// multiplexer whose sessions have no names.
    /// </summary>
    public IReadOnlyList<string> SessionNames { get; init; } = [];

    /// <summary>Where that multiplexer shows the caller now.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>
    /// The session processes of the logins that were attached most recently, when nobody is attached now; the latest first.
    /// </summary>
    public IReadOnlyList<int> LastAttached { get; init; } = [];

    /// <summary>The origins that the environments of the caller and its ancestors name, nearest first.</summary>
    public IReadOnlyList<EnvironmentHint> Environments { get; init; } = [];

    /// <summary>These facts are all there now.</summary>
    public Caller Knowing(CallerFacts facts) => this with { Unread = Unread & ~facts };

    /// <summary>
    /// Adds the answer of its multiplexer. If that shows the caller, the processes above it are dropped: its parent may be its first
    /// client, and the person need not sit at that login now.
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

    /// <summary>A caller that was reparented has no process of the multiplexer above it. A server may itself be the caller.</summary>
    private Caller Below(MultiplexerServer server) => Ancestors.Contains(server.Pid)
        ? this with { Ancestors = [Pid, .. Ancestors.TakeWhile(pid => pid != server.Pid).Skip(1)], LoginPid = 0, FirstOfLogin = 0 }
        : this;
}

/// <summary>The kinds of facts about a caller, by how they are read.</summary>
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

    /// <summary>Its working directory and its program.</summary>
    Program = 8,

    /// <summary>The name of the multiplexer's session that it runs in.</summary>
    Session = 16,

    /// <summary>The programs above it, where a rule asks for them.</summary>
    Above = 32,

    /// <summary>The variables that rules ask for.</summary>
    Variables = 64,

    All = Ancestors | Environment | Attachments | Program | Session,
}

/// <summary>The login that started a caller or one of its ancestors, as its first environment names it.</summary>
/// <param name="Pid">The process that the environment belongs to.</param>
/// <param name="AgentPath">SSH_AUTH_SOCK; null when unset.</param>
/// <param name="Connection">SSH_CONNECTION; null when unset.</param>
internal sealed record EnvironmentHint(int Pid, string? AgentPath, string? Connection);
