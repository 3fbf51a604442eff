using System.Collections.Concurrent;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Logins;

/// <summary>Reads a login from the pid of the process at which it begins, as far as that is possible without privileges.</summary>
/// <remarks>
/// Reading command lines and environments may block: it runs on the worker. The session process's own environment is not readable, so the
/// client's address comes from one of its children, once. If the process itself is hidden, its children also show the terminal and the
/// user.
/// </remarks>
internal sealed class LoginReader
{
    /// <summary>A login has one child for each terminal and command; one with a readable environment is enough.</summary>
    private const int MaxChildrenAsked = 8;

    private const int MaxRemembered = 1024;

    /// <summary>For several threads: a stuck one may return while its replacement works.</summary>
    private readonly ConcurrentDictionary<ProcessIdentity, string> connections = [];

    /// <summary>The logins that begin at these processes.</summary>
    public Dictionary<int, Login> Read(IEnumerable<int> loginPids)
    {
        var children = new ChildProcesses();
        return loginPids.ToDictionary(pid => pid, pid => Read(pid, children));
    }

    /// <summary>The login that begins at a process.</summary>
    public Login Read(int pid) => Read(pid, new ChildProcesses());

    private Login Read(int pid, ChildProcesses processes)
    {
        var session = ProcessIdentity.Of(pid);
        LoginTitle? title = LoginTitle.Of(pid);
        bool isBelowServer = title is null && session.Started > 0;
        int[] asked = isBelowServer ? FirstOf(pid, processes)
            : title is null || Remembered(session) is null ? [.. processes.Of(pid).Take(MaxChildrenAsked)] : [];
        IEnumerable<string> owned = asked.Select(OwnTerminal).Where(name => name.Length > 0).Distinct();
        IEnumerable<string> terminals = title?.Terminals ?? (isBelowServer ? owned.Take(1) : owned);
        string? user = title?.User ?? FirstValue(asked, "USER");
        return new Login(pid, user, [.. terminals.Select(Terminal.Read)], Remembered(session) ?? Connection(session, asked)) { Started = session.Started };
    }

    /// <summary>
    /// A child of a server that serves all logins from one process: often the person's shell itself, otherwise a wrapper of root's around
    /// it.
    /// </summary>
    private static int[] FirstOf(int child, ChildProcesses processes)
    {
        int[] below = [.. processes.Of(child).Take(MaxChildrenAsked)];
        return [child, .. below, .. below.SelectMany(processes.Of).Take(MaxChildrenAsked)];
    }

    /// <summary>The terminal that a session process gave a child, which leads a session on it; empty for a child without one.</summary>
    private static string OwnTerminal(int child) =>
        ProcessStat.TryRead(child, out ProcessStat stat) && stat.Session == stat.Pid ? TerminalDevice.NameOf(stat.Terminal) : "";

    private string? Remembered(ProcessIdentity session) => connections.GetValueOrDefault(session);

    private string? Connection(ProcessIdentity session, int[] children)
    {
        string? connection = FirstValue(children, ConnectionVariable.Name);

        // A hidden process may be another one the next time.
        if (connection is not null && session.Started > 0)
        {
            if (connections.Count >= MaxRemembered)
            {
                connections.Clear();
            }

            connections[session] = connection;
        }

        return connection;
    }

    private static string? FirstValue(int[] children, string variable) =>
        children.Select(child => EnvironmentBlock.Find(ProcessFile.ReadEnvironment(child), variable)).FirstOrDefault(value => value is not null);
}
