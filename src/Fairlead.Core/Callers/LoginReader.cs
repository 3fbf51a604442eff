using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Fairlead.Core.Linux;

namespace Fairlead.Core.Callers;

/// <summary>Reads what can be known of a login from the pid of its session process, without privileges.</summary>
/// <remarks>
/// Reading command lines and environments may block: <see cref="Read"/> runs on the fact thread. The session process's own environment is not
/// readable, so the client's address is taken from a child of it, once.
/// </remarks>
internal sealed class LoginReader
{
    /// <summary>A login has one child for each terminal and command; one whose environment can be read is enough.</summary>
    private const int MaxChildrenAsked = 8;

    private const int MaxRemembered = 1024;

    /// <summary>For several threads: one that was stuck comes back while its replacement is at work.</summary>
    private readonly ConcurrentDictionary<(int Pid, ulong Started), string> connections = [];

    /// <summary>The login of a session process. For a process that is none, a login without user and terminals.</summary>
    public Login Read(int pid)
    {
        LoginTitle? title = ProcessFile.ReadArguments(pid) is [string commandLine, ..] ? LoginTitle.Parse(commandLine) : null;
        Terminal[] terminals = [.. (title?.Terminals ?? []).Select(ReadTerminal)];
        return new Login(pid, title?.User, terminals, Connection(pid));
    }

    private static Terminal ReadTerminal(string device) =>
        new(device, FileStatus.TryRead($"/dev/{device}", out FileStatus status) >= 0 ? status.Accessed : null);

    private string? Connection(int pid)
    {
        ulong started = ProcessStat.TryRead(pid, out ProcessStat stat) ? stat.Started : 0;
        if (connections.TryGetValue((pid, started), out string? known))
        {
            return known;
        }

        foreach (int child in Children(pid).Take(MaxChildrenAsked))
        {
            if (ConnectionVariable.ValueIn(ProcessFile.ReadEnvironment(child)) is string connection)
            {
                if (connections.Count >= MaxRemembered)
                {
                    connections.Clear();
                }

                return connections[(pid, started)] = connection;
            }
        }

        return null;
    }

    /// <summary>/proc/PID/task/PID/children: the pids, separated by spaces (proc_pid_task(5), CONFIG_PROC_CHILDREN).</summary>
    private static IEnumerable<int> Children(int pid)
    {
        byte[] buffer = new byte[1024];
        int length = ProcessFile.Read($"/proc/{pid}/task/{pid}/children", buffer);
        return Encoding.ASCII.GetString(buffer, 0, Math.Max(0, length))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.TryParse(child, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .Where(number => number > 0);
    }
}
