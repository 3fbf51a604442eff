using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Multiplexers;

/// <summary>
/// A screen process on a terminal: the client of some session. With a setgid screen (Fedora, RHEL), open files and environment of server
/// and client cannot be read; the command line and the parent can (measured with 4.9.0).
/// </summary>
/// <param name="Terminal">Below /dev.</param>
/// <param name="Arguments">What follows the program's name.</param>
internal sealed record ScreenFrontEnd(int Pid, string Terminal, IReadOnlyList<string> Arguments)
{
    /// <summary>Options of screen(1) that take an argument; -S is separate.</summary>
    private static readonly string[] WithValue = ["-c", "-e", "-h", "-p", "-s", "-t", "-T", "-Logfile"];

    /// <summary>It only sends a command, or asks.</summary>
    private static readonly string[] Messages = ["-X", "-Q"];

    public MultiplexerClient Client => new(Pid, Terminal) { ShowsCallersWindow = true };

    /// <summary>
    /// Its command line says to attach: -r, -R, -x, -d, -D and their combinations. Without these screen starts a session.
    /// </summary>
    public bool Attaches => !Arguments.Any(Messages.Contains) && Arguments.Any(argument => argument is ['-', ..] && argument.AsSpan().ContainsAny("rRxdD"));

    /// <summary>The session on its command line: after -S, or the last word. Null if it names none.</summary>
    public string? Named
    {
        get
        {
            string? word = null;
            for (int place = 0; place < Arguments.Count; place++)
            {
                string argument = Arguments[place];
                if (argument is ['-', .., 'S'])
                {
                    return place + 1 < Arguments.Count ? Arguments[place + 1] : null;
                }

                bool isOption = argument is ['-', ..];
                word = isOption ? word : argument;
                place += isOption && WithValue.Contains(argument) ? 1 : 0;
            }

            return word;
        }
    }

    /// <summary>All front ends of this user among these processes. On the worker.</summary>
    public static ScreenFrontEnd[] Find(IEnumerable<int> processes) =>
    [
        .. from pid in processes
           let stat = ProcessStat.TryRead(pid, out ProcessStat read) ? read : default
           where stat is { Command: "screen", HasTerminal: true } && ProcessStatus.IsOf(pid, CurrentProcess.Uid)
           select new ScreenFrontEnd(pid, TerminalDevice.NameOf(stat.Terminal), [.. (ProcessFile.ReadArguments(pid) ?? []).Skip(1)]),
    ];

    /// <summary>
    /// The front ends that show a server's session: its parent, which started it, and those that name it. One that names none, as <c>screen
    /// -r</c> does, shows the only attached session, or one of those that no other shows.
    /// </summary>
    public static ScreenFrontEnd[] Of(int server, IReadOnlyList<ScreenSession> sessions, IReadOnlyList<ScreenFrontEnd> frontEnds) =>
        Choose(server, sessions, frontEnds, ParentOf);

    /// <param name="parentOf">The parent of a server; 0 for one that is gone.</param>
    internal static ScreenFrontEnd[] Choose(
        int server, IReadOnlyList<ScreenSession> sessions, IReadOnlyList<ScreenFrontEnd> frontEnds, Func<int, int> parentOf)
    {
        ILookup<int, int> started = sessions.Select(session => session.Server).Append(server).Distinct().ToLookup(parentOf);
        ScreenSession? wanted = sessions.FirstOrDefault(session => session.Server == server);
        ScreenFrontEnd[] certain =
        [
            .. from frontEnd in frontEnds
               where started.Contains(frontEnd.Pid)
                   ? started[frontEnd.Pid].Contains(server)
                   : frontEnd.Attaches && frontEnd.Named is string word && wanted?.IsNamedBy(word) == true
               select frontEnd,
        ];
        return
        [
            .. certain,
            .. from frontEnd in frontEnds
               where !started.Contains(frontEnd.Pid) && frontEnd.Attaches && frontEnd.Named is null
                   && (certain.Length == 0 || sessions.Count(session => session.IsAttached) < 2)
               select frontEnd,
        ];
    }

    private static int ParentOf(int server) => ProcessStat.TryRead(server, out ProcessStat stat) ? stat.Parent : 0;
}
