using System.Globalization;

namespace Fairlead.Core.Multiplexers;

/// <summary>What a tmux server answers about itself, in one go.</summary>
/// <param name="Typist">The process of the client that typed last in a session with the caller's pane; 0 when tmux names none.</param>
internal sealed record TmuxReport(IReadOnlyList<TmuxClient> Clients, IReadOnlyList<TmuxPane> Panes, int Typist)
{
    /// <summary>What a person calls each session, by its id.</summary>
    public IReadOnlyDictionary<string, string> SessionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The queries as arguments of one tmux command. In formats only what tmux itself makes, except the last field: a path, or a name that a person
    /// chose (tmux lets no line feed into it).
    /// </summary>
    /// <param name="place">The pane or session whose typist is asked for; null for none.</param>
    public static string[] Queries(string? place)
    {
        string[] lists =
        [
            "list-clients", "-F", "C|#{client_pid}|#{client_activity}|#{client_readonly}|#{client_control_mode}|#{session_id}|#{window_id}|#{client_tty}", ";",
            "list-sessions", "-F", "S|#{session_id}|#{session_name}", ";",
            "list-panes", "-a", "-F", "P|#{pane_id}|#{pane_pid}|#{session_id}|#{window_id}|#{SSH_CONNECTION}",
        ];
        return place is null ? lists : [.. lists, ";", "display-message", "-p", "-t", place, "T|#{client_pid}"];
    }

    /// <summary>Lines that are none of these say nothing; a report without the caller's pane is no report.</summary>
    public static TmuxReport Parse(string output)
    {
        var clients = new List<TmuxClient>();
        var panes = new List<TmuxPane>();
        var names = new Dictionary<string, string>();
        int typist = 0;
        foreach (string line in output.Split('\n'))
        {
            switch (line.Split('|', 8))
            {
                case ["C", var pid, var activity, var isReadOnly, var isControl, ['$', ..] session, ['@', ..] window, var terminal] when Pid(pid) > 0:
                    clients.Add(new TmuxClient(Pid(pid), Seconds(activity), isReadOnly == "1", isControl == "1", session, window, BelowDev(terminal)));
                    break;
                case ["P", ['%', ..] id, var pid, ['$', ..] session, ['@', ..] window, .. var connection]:
                    panes.Add(new TmuxPane(id, Pid(pid), session, window, string.Concat(connection)));
                    break;
                case ["S", ['$', ..] session, _, ..]:
                    names[session] = line.Split('|', 3)[2];
                    break;
                case ["T", var pid]:
                    typist = Pid(pid);
                    break;
            }
        }

        return new TmuxReport(clients, panes, typist) { SessionNames = names };
    }

    /// <summary>
    /// The clients whose current window is that of the pane; none that can type there: the other clients of the sessions that hold the window (a
    /// window can be linked into several, and grouped sessions share theirs).
    /// </summary>
    /// <param name="panePid">The pane's first process; its number names a pane that has been respawned or has lost its environment.</param>
    /// <param name="session">Where there is no such pane: the session that a popup, a hook or another job belongs to.</param>
    /// <returns>Null when the server has neither.</returns>
    public MultiplexerAnswer? AnswerFor(string? pane, int panePid, string? session = null)
    {
        TmuxPane? place = Panes.FirstOrDefault(candidate => candidate.Pid == panePid) ?? Panes.FirstOrDefault(candidate => candidate.Id == pane);
        if (place is null)
        {
            return session is null ? null : AnswerForSession(session);
        }

        TmuxPane[] siblings = [.. Panes.Where(other => other.Window == place.Window)];
        string[] sessions = [.. siblings.Select(other => other.Session).Distinct()];
        HashSet<string> holding = [.. sessions];
        bool isInView = Clients.Any(client => client.Window == place.Window && !client.IsReadOnly);
        IEnumerable<TmuxClient> seeing = Clients.Where(client => client.Window == place.Window || (!isInView && holding.Contains(client.Session)));
        return new MultiplexerAnswer(sessions, Describe(seeing, client => client.Window == place.Window))
        {
            Connections = [.. siblings.Select(other => other.Connection).Where(connection => connection is not "").Distinct()],
            Names = [.. SeenIn(sessions, place.Window).Select(session => SessionNames.GetValueOrDefault(session)).OfType<string>()],
        };
    }

    /// <summary>Of the sessions that hold a window, those with a client that shows it; none: those with a client; none: all.</summary>
    private string[] SeenIn(string[] sessions, string window)
    {
        string[] showing = [.. sessions.Intersect(Clients.Where(client => client.Window == window).Select(client => client.Session))];
        string[] attached = [.. sessions.Intersect(Clients.Select(client => client.Session))];
        return showing.Length > 0 ? showing : attached.Length > 0 ? attached : sessions;
    }

    /// <summary>A job belongs to no window: whichever of them a client shows, it may have come from there.</summary>
    private MultiplexerAnswer? AnswerForSession(string session) => !SessionNames.TryGetValue(session, out string? name)
        ? null
        : new MultiplexerAnswer([session], Describe(Clients.Where(client => client.Session == session), _ => true))
        {
            Connections = [.. Panes.Where(pane => pane.Session == session && pane.Connection is not "").Select(pane => pane.Connection).Distinct()],
            Names = [name],
        };

    /// <summary>Each session that somebody is attached to, with all its clients: none is more in view than another.</summary>
    public IReadOnlyList<MultiplexerAnswer> AnswersBySession() =>
    [
        .. from client in Clients
           group client by client.Session into session
           select new MultiplexerAnswer([session.Key], Describe(session, _ => true)),
    ];

    /// <summary>
    /// What a client in control mode (iTerm2) types comes as commands, which tmux does not count as activity (measured with 3.3a): with one of them among those
    /// who may have typed, tmux's word on who did is none, and their terminals must tell.
    /// </summary>
    private MultiplexerClient[] Describe(IEnumerable<TmuxClient> clients, Func<TmuxClient, bool> isInView)
    {
        TmuxClient[] all = [.. clients];
        bool isCounted = !all.Any(client => client.IsControl);
        return
        [
            .. from client in all
               select new MultiplexerClient(client.Pid, client.Terminal)
               {
                   LastTyped = isCounted && client.Activity > 0 ? DateTimeOffset.FromUnixTimeSeconds(client.Activity) : null,
                   IsTypist = isCounted && client.Pid == Typist && !client.IsReadOnly,
                   ShowsCallersWindow = isInView(client),
                   IsReadOnly = client.IsReadOnly,
               },
        ];
    }

    private static string BelowDev(string terminal) => terminal.StartsWith("/dev/", StringComparison.Ordinal) ? terminal[5..] : terminal;

    private static int Pid(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>Times up to the year 9999; anything else is none.</summary>
    private static long Seconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= 253_402_300_799 ? number : 0;
}

/// <summary>One line of tmux's list-clients.</summary>
/// <param name="Activity">When it typed last, in seconds since 1970.</param>
/// <param name="IsControl">In control mode (tmux -CC), as iTerm2 attaches.</param>
/// <param name="Window">The window that it shows: "@2".</param>
/// <param name="Terminal">Below /dev; empty for one that has none.</param>
internal sealed record TmuxClient(int Pid, long Activity, bool IsReadOnly, bool IsControl, string Session, string Window, string Terminal);

/// <summary>One line of tmux's list-panes -a: a pane in one of the sessions that hold its window.</summary>
/// <param name="Id">"%0".</param>
/// <param name="Pid">Its first process.</param>
/// <param name="Connection">SSH_CONNECTION in the session's environment, into which each client that attaches puts its own (update-environment, tmux(1)).</param>
internal sealed record TmuxPane(string Id, int Pid, string Session, string Window, string Connection);
