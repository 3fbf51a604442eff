using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;
using Fairlead.Core.Logins;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// Finds the terminals that a multiplexer shows a caller on, and follows each outwards, through other multiplexers, to the login whose terminal it
/// is: there a person sits.
/// </summary>
/// <remarks>Runs programs and reads environments: on the worker.</remarks>
internal sealed class MultiplexerReader(TimeProvider time)
{
    /// <summary>For everything together; what is not known by then stays unknown.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>Multiplexers inside each other; more exist only as mistakes.</summary>
    private const int MaxDepth = 8;

    /// <summary>Terminals of one multiplexer that are followed.</summary>
    private const int MaxClients = 64;

    private readonly ServerPrograms programs = new(time);
    private readonly TerminalProcesses terminals = new();

    /// <summary>The terminals that the caller below <see cref="MultiplexerServer.PanePid"/> is shown on.</summary>
    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    /// <param name="typed">What was noted of terminals.</param>
    public MultiplexerView Read(MultiplexerServer server, LoginPids loginPids, TypingTimes? typed = null) =>
        Read(server, new Journey(loginPids, typed ?? TypingTimes.None, time.GetTimestamp(), []));

    /// <summary>The terminals that show each session of a server that somebody is attached to, whatever runs in it.</summary>
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
        return new MultiplexerView(answer.Sessions, [.. answer.Clients.Take(MaxClients).SelectMany(client => Follow(client, onwards))])
        {
            Connections = answer.Connections,
            IsKnown = answer.IsKnown,
            Names = answer.Names,
        };
    }

    private IReadOnlyList<Attachment> Follow(MultiplexerClient client, Journey journey, int beyond = 0)
    {
        int pid = client.Pid > 0 ? client.Pid : terminals.Find(client.Terminal);
        (int loginPid, MultiplexerServer? outer) = ProcessClimb.FromClient(pid, journey.LoginPids, beyond);
        if (outer is null)
        {
            return [AttachmentOf(client, loginPid, pid, journey.Typed)];
        }

        if (journey.Passed.Contains(outer.Pid) || journey.Passed.Count >= MaxDepth)
        {
            return [];
        }

        IReadOnlyList<Attachment> around = Read(outer, journey).Attachments;
        return around.Count == 0 && !outer.Kind.EndsClimb && beyond == 0
            ? Follow(client, journey, outer.Pid)
            : [.. around.Select(attachment => Inside(attachment, client, around))];
    }

    /// <summary>A client in control mode has no terminal of its own; that of its process is the person's.</summary>
    private static Attachment AttachmentOf(MultiplexerClient client, int loginPid, int pid, TypingTimes typed)
    {
        string terminal = client.Terminal is "" && ProcessStat.TryRead(pid, out ProcessStat stat)
            ? TerminalDevice.NameOf(stat.Terminal)
            : client.Terminal;
        string[]? environment = ProcessFile.ReadEnvironment(pid);
        return new Attachment(loginPid, terminal)
        {
            ClientAddress = ConnectionVariable.ClientAddressOf(ConnectionVariable.ValueIn(environment)),
            IsAddressUnread = environment is null,
            LastTyped = typed.LastTyped(terminal, client.LastTyped),
            IsTypist = client.IsTypist,
            ShowsCallersWindow = client.ShowsCallersWindow,
            IsReadOnly = client.IsReadOnly,
        };
    }

    /// <summary>
    /// A terminal of the outer multiplexer, seen through a client of the inner one: what was typed inside was typed outside, too, but not the other
    /// way round.
    /// </summary>
    private static Attachment Inside(Attachment outer, MultiplexerClient inner, IReadOnlyList<Attachment> around) => outer with
    {
        LastTyped = inner.LastTyped < outer.LastTyped ? inner.LastTyped : outer.LastTyped ?? inner.LastTyped,
        IsTypist = inner.IsTypist && (outer.IsTypist || !around.Any(other => other.IsTypist)),
        ShowsCallersWindow = inner.ShowsCallersWindow && outer.ShowsCallersWindow,
        IsReadOnly = inner.IsReadOnly || outer.IsReadOnly,
    };

    /// <param name="Passed">The servers on the way out: one that is met again is a circle.</param>
    private sealed record Journey(LoginPids LoginPids, TypingTimes Typed, long Began, IReadOnlyList<int> Passed);
}
