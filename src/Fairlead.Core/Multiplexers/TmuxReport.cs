using System.Globalization;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Multiplexers;

/// <summary>A tmux server's answers about itself, from one command.</summary>
/// <param name="Typist">
/// The process of the client that typed most recently in a session with the caller's pane; 0 when tmux names none.
/// </param>
internal sealed record TmuxReport(IReadOnlyList<TmuxClient> Clients, IReadOnlyList<TmuxPane> Panes, int Typist)
{
    /// <summary>The name of each session, by its id.</summary>
    public IReadOnlyDictionary<string, string> SessionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The queries as arguments of one tmux command. The formats contain only values that tmux itself makes, except the last field: a path,
    /// or a name that a person chose (tmux allows no line feed in it).
    /// </summary>
    /// <param name="place">The pane or session for whose typist to ask; null for none.</param>
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

    /// <summary>Other lines are ignored; a report without the caller's pane is not a report.</summary>
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
                    clients.Add(new TmuxClient(Pid(pid), Seconds(activity), isReadOnly == "1", isControl == "1", session, window, TerminalDevice.BelowDev(terminal)));
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
    /// The clients whose current window is that of the pane; if none of them can type there, the other clients of the sessions that hold
    /// the window (a window can be linked into several, and grouped sessions share theirs).
    /// </summary>
    /// <param name="panePid">
    /// The pane's first process; its number identifies a pane that has been respawned or has lost its environment.
    /// </param>
    /// <param name="session">If there is no such pane: the session that a popup, a hook or another job belongs to.</param>
    /// <returns>Null if the server has neither.</returns>
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

    /// <summary>
    /// Of the sessions that hold a window, those with a client that shows it; if there are none, those with a client; if there are none,
    /// all.
    /// </summary>
    private string[] SeenIn(string[] sessions, string window)
    {
        string[] showing = [.. sessions.Intersect(Clients.Where(client => client.Window == window).Select(client => client.Session))];
        string[] attached = [.. sessions.Intersect(Clients.Select(client => client.Session))];
        return showing.Length > 0 ? showing : attached.Length > 0 ? attached : sessions;
    }

    /// <summary>A job belongs to no window: whichever window a client shows, the job may come from it.</summary>
    private MultiplexerAnswer? AnswerForSession(string session) => !SessionNames.TryGetValue(session, out string? name)
        ? null
        : new MultiplexerAnswer([session], Describe(Clients.Where(client => client.Session == session), _ => true))
        {
            Connections = [.. Panes.Where(pane => pane.Session == session && pane.Connection is not "").Select(pane => pane.Connection).Distinct()],
            Names = [name],
        };

    /// <summary>Each attached session with all its clients: no window is more in view than another.</summary>
    public IReadOnlyList<MultiplexerAnswer> AnswersBySession() =>
    [
        .. from client in Clients
           group client by client.Session into session
           select new MultiplexerAnswer([session.Key], Describe(session, _ => true)),
    ];

    /// <summary>
    /// The keys of a client in control mode (iTerm2) arrive as commands, which tmux does not count as activity (measured with 3.3a). If one
    /// of these may have typed, tmux cannot say who did, and the terminals must decide.
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
                   IsControlMode = client.IsControl,
               },
        ];
    }

    private static int Pid(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0;

    /// <summary>Times up to the year 9999; anything else is not a time.</summary>
    private static long Seconds(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= 253_402_300_799 ? number : 0;
}

/// <summary>One line of tmux's list-clients.</summary>
/// <param name="Activity">When it typed most recently, in seconds since 1970.</param>
/// <param name="IsControl">In control mode (tmux -CC), as iTerm2 attaches.</param>
/// <param name="Window">The window that it shows: "@2".</param>
/// <param name="Terminal">Below /dev; empty for a client without one.</param>
internal sealed record TmuxClient(int Pid, long Activity, bool IsReadOnly, bool IsControl, string Session, string Window, string Terminal);

/// <summary>One line of tmux's list-panes -a: a pane in one of the sessions that hold its window.</summary>
/// <param name="Id">"%0".</param>
/// <param name="Pid">Its first process.</param>
/// <param name="Connection">
/// SSH_CONNECTION in the session's environment, into which each client puts its own when it attaches (update-environment, tmux(1)).
/// </param>
internal sealed record TmuxPane(string Id, int Pid, string Session, string Window, string Connection);
