using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// Finds the terminals on which a multiplexer shows a caller, and follows each outwards, through other multiplexers, to the login that owns
/// the terminal: a person sits there.
/// </summary>
/// <remarks>Runs programs and reads environments: run on the worker.</remarks>
internal sealed class MultiplexerReader(TimeProvider time)
{
    /// <summary>For everything together; facts not known by then stay unknown.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>Multiplexers inside each other; more exist only by mistake.</summary>
    private const int MaxDepth = 8;

    /// <summary>How many terminals of one multiplexer are followed.</summary>
    private const int MaxClients = 64;

    private readonly ServerPrograms programs = new(time);
    private readonly TerminalProcesses terminals = new();

    /// <summary>The terminals that show the caller below <see cref="MultiplexerServer.PanePid"/>.</summary>
    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <param name="typed">The notes of terminals.</param>
    public MultiplexerView Read(MultiplexerServer server, LoginPids loginPids, TypingTimes? typed = null) =>
        Read(server, new Journey(loginPids, typed ?? TypingTimes.None, time.GetTimestamp(), []));

    /// <summary>The terminals that show each attached session of a server, whatever runs in it.</summary>
    /// <inheritdoc cref="Read(MultiplexerServer, LoginPids, TypingTimes?)" path="/param"/>
    public IReadOnlyList<MultiplexerView> ReadSessions(MultiplexerServer server, LoginPids loginPids, TypingTimes typed)
    {
        var journey = new Journey(loginPids, typed, time.GetTimestamp(), []);
        return [.. server.Kind.AskAll(server, programs, ReadTimeout).Select(answer => View(server, answer, journey))];
    }

    private MultiplexerView Read(MultiplexerServer server, Journey journey) =>
        View(server, server.Kind.Ask(server, programs, ReadTimeout - time.GetElapsedTime(journey.Began)), journey);

    private MultiplexerView View(MultiplexerServer server, MultiplexerAnswer answer, Journey journey)
    {
        Journey onwards = journey with { Passed = [.. journey.Passed, server.Pid] };
        bool isOrdered = answer.Clients.Any(client => client.IsTypist);
        return new MultiplexerView(
            answer.Sessions, [.. answer.Clients.Take(MaxClients).SelectMany(client => Follow(client, isOrdered ? null : server, onwards))])
        {
            Connections = answer.Connections,
            Obstacle = answer.Obstacle,
            Names = answer.Names,
        };
    }

    /// <param name="server">
    /// The server of the client; null for a server that itself says who typed most recently, so that no terminal of a pane need be watched.
    /// </param>
    private IReadOnlyList<Attachment> Follow(MultiplexerClient told, MultiplexerServer? server, Journey journey, int beyond = 0)
    {
        int pid = told.Pid > 0 ? told.Pid : terminals.Find(told.Terminal);
        MultiplexerClient client = Complete(told, pid, journey.Typed);
        (int loginPid, MultiplexerServer? outer) = ProcessClimb.FromClient(pid, journey.LoginPids, beyond);
        if (outer is null)
        {
            return IsSomebodys(client, loginPid, pid) ? [AttachmentOf(client, loginPid, pid)] : [];
        }

        if (journey.Passed.Contains(outer.Pid) || journey.Passed.Count >= MaxDepth)
        {
            return [];
        }

        IReadOnlyList<Attachment> around = Read(outer, journey).Attachments;
        return around.Count == 0 && !outer.Kind.EndsClimb && beyond == 0
            ? Follow(told, server, journey, outer.Pid)
            : [.. around.Select(attachment => Inside(attachment, client, server, around, journey.Typed.Has(client.Terminal)))];
    }

    /// <summary>
    /// A client in control mode may name no terminal; that of its process is the person's. If the multiplexer does not say when somebody
    /// typed, the terminal does; for a program without one, its start time counts.
    /// </summary>
    private MultiplexerClient Complete(MultiplexerClient client, int pid, TypingTimes typed)
    {
        ProcessStat stat = default;
        string terminal = client.Terminal is "" && ProcessStat.TryRead(pid, out stat) ? TerminalDevice.NameOf(stat.Terminal) : client.Terminal;
        DateTimeOffset? lastTyped = client.LastTyped ?? (terminal.Length > 0 ? Terminal.Read(terminal).LastTyped : StartOf(stat));
        return client with { Terminal = terminal, LastTyped = typed.LastTyped(terminal, lastTyped) };
    }

    /// <summary>
    /// A program without a terminal that is connected to a server may be a service. Below sshd it belongs to a login, with an agent or
    /// without.
    /// </summary>
    private static bool IsSomebodys(MultiplexerClient client, int loginPid, int pid) =>
        loginPid > 0 || client.Terminal.Length > 0 || !client.IsPeer
        || ProcessAncestors.Of(pid).Any(process => process.Command.StartsWith("sshd", StringComparison.Ordinal));

    private DateTimeOffset? StartOf(ProcessStat process) => process.Pid == 0
        ? null
        : time.GetUtcNow() - TimeSpan.FromSeconds((BootClock.Ticks - process.Started) / (double)ProcessStat.TicksPerSecond);

    private static Attachment AttachmentOf(MultiplexerClient client, int loginPid, int pid)
    {
        string[]? environment = ProcessFile.ReadEnvironment(pid);
        return new Attachment(loginPid, client.Terminal)
        {
            ClientAddress = ConnectionVariable.ClientAddressOf(ConnectionVariable.ValueIn(environment)),
            IsAddressUnread = environment is null,
            LastTyped = client.LastTyped,
            IsTypist = client.IsTypist,
            ShowsCallersWindow = client.ShowsCallersWindow,
            IsReadOnly = client.IsReadOnly,
            ClientTerminal = client.Terminal,
            IsPersons = loginPid > 0 || PersonTerminal.IsAtOne(pid, environment),
            IsControlMode = client.IsControlMode,
        };
    }

    /// <summary>A terminal of the outer multiplexer, seen through a client of the inner one.</summary>
    private static Attachment Inside(
        Attachment outer, MultiplexerClient inner, MultiplexerServer? server, IReadOnlyList<Attachment> around, bool isNoted)
    {
        return outer with
        {
            LastTyped = LastTypedInside(inner.LastTyped, outer.LastTyped, isNoted),
            IsTypist = inner.IsTypist && (outer.IsTypist || !around.Any(other => other.IsTypist)),
            ShowsCallersWindow = inner.ShowsCallersWindow && outer.ShowsCallersWindow,
            IsReadOnly = inner.IsReadOnly || outer.IsReadOnly,
            ClientTerminal = inner.Terminal,
            IsClientInView = outer.ShowsCallersWindow && outer.IsClientInView,
            IsControlMode = inner.IsControlMode,
            Between = server is null ? outer.Between : [new InnerTerminal(server.Process, inner.Terminal), .. outer.Between],
        };
    }

    /// <summary>
    /// Typing inside is also typing outside, but not the other way round. An access time may be <see cref="Terminal.Step"/> behind: an
    /// outer moment within that step may be the same typing, and is exact.
    /// </summary>
    /// <param name="isNoted">The inner moment is also exact.</param>
    internal static DateTimeOffset? LastTypedInside(DateTimeOffset? inner, DateTimeOffset? outer, bool isNoted)
    {
        if (inner is null || outer is null)
        {
            return outer ?? inner;
        }

        bool isSame = outer < inner || (!isNoted && outer - inner < Terminal.Step);
        return isSame ? outer : inner;
    }

    /// <param name="Passed">The servers on the way out: one that appears twice is a circle.</param>
    private sealed record Journey(LoginPids LoginPids, TypingTimes Typed, long Began, IReadOnlyList<int> Passed);
}
