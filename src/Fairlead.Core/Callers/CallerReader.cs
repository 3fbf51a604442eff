using System.Text;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Core.Callers;

/// <summary>Identifies the caller: climbs from its pid towards the login it belongs to.</summary>
internal static class CallerReader
{
    /// <summary>Deeper trees of processes exist only by mistake.</summary>
    private const int MaxAncestors = 64;

    /// <summary>The environment of the tenth parent says little about the caller.</summary>
    private const int MaxEnvironments = 10;

    /// <summary>Bytes of one variable (MAX_ARG_STRLEN of linux/binfmts.h): one that is cut off at the limit is left out.</summary>
    private const int LongestVariable = 128 * 1024;

    private const int Init = 1;

    /// <summary>Whether the process that connected is still there.</summary>
    /// <inheritdoc cref="Read" path="/param[@name='acceptedAt']"/>
    public static bool IsThere(int pid, ulong acceptedAt) =>
        pid > Init && ProcessStat.TryRead(pid, out ProcessStat stat) && stat.Started <= acceptedAt;

    /// <param name="acceptedAt">
    /// When the connection was accepted, in clock ticks since boot: a process that started later has only inherited the pid.
    /// </param>
    /// <param name="loginPids">The session processes of the logins that have an agent.</param>
    public static Caller Read(int pid, ulong acceptedAt, LoginPids? loginPids = null)
    {
        var ancestors = new List<int>();
        var above = new List<ProcessStat>();
        MultiplexerServer? multiplexer = null;
        bool hasTerminal = false;
        ProcessStat below = default;
        int next = pid;
        bool isHidden = false;
        int login = 0;
        int first = 0;
        while (next > Init && ancestors.Count < MaxAncestors)
        {
            if (!ProcessStat.TryRead(next, out ProcessStat stat))
            {
                isHidden = ancestors.Count > 0;
                break;
            }

            if (ancestors.Count == 0 && stat.Started > acceptedAt)
            {
                return Caller.Unknown with { Pid = pid };
            }

            Multiplexer? kind = MultiplexerSearch.KindOf(stat, below, loginPids);
            if (kind is not null && (multiplexer is null || kind.EndsClimb))
            {
                multiplexer = new MultiplexerServer(stat.Identity, kind, ancestors.LastOrDefault(pid));
            }

            if (kind?.EndsClimb == true)
            {
                break;
            }

            hasTerminal |= ancestors.Count == 0 && stat.HasTerminal;
            ancestors.Add(next);
            above.Add(stat);
            if (loginPids?.Contains(stat) == true)
            {
                (login, first) = (next, loginPids.IsBelowServer(stat) ? next : below.Pid);
                break; // processes above its own login belong to the machine
            }

            below = stat;
            next = stat.Parent;
        }

        CallerFacts unread = ancestors.Count > 0 ? CallerFacts.All & ~CallerFacts.Ancestors : CallerFacts.All;

        // With hidepid the login's process cannot be read, but its pid is known, and that may be enough.
        if (isHidden)
        {
            ancestors.Add(next);
            (login, first) = loginPids?.Contains(next) == true ? (next, below.Pid) : default;
            unread |= login > 0 ? CallerFacts.None : CallerFacts.Ancestors;
        }

        return new Caller(pid, ancestors, null)
        {
            LoginPid = login,
            FirstOfLogin = first,
            Multiplexer = multiplexer,
            Servers = loginPids is null || multiplexer?.Kind.EndsClimb == true ? [] : ServersAmong(above, loginPids, isBelowLogin: login > 0),
            HasTerminal = hasTerminal,
            Unread = unread,
        };
    }

    private static List<MultiplexerServer> ServersAmong(List<ProcessStat> processes, LoginPids loginPids, bool isBelowLogin)
    {
        var servers = new List<MultiplexerServer>();
        for (int place = 0; place < processes.Count; place++)
        {
            if (ConnectedServer.MayBe(processes[place], loginPids, isBelowLogin))
            {
                servers.Add(new MultiplexerServer(processes[place].Identity, ConnectedServer.Instance, processes[Math.Max(place - 1, 0)].Pid));
            }
        }

        return servers;
    }

    /// <summary>
    /// Adds the origins that the environments of the caller and its ancestors name. Not for a caller that is gone, because another process
    /// may have its pid now. May block: run on the worker.
    /// </summary>
    public static Caller WithEnvironments(Caller caller)
    {
        var hints = new List<EnvironmentHint>();
        bool isOwnRead = false;
        foreach (int pid in caller.Ancestors.Take(MaxEnvironments))
        {
            string[]? environment = ProcessFile.ReadEnvironment(pid);
            isOwnRead |= pid == caller.Pid && environment is not null && HasProgram(pid);
            var hint = new EnvironmentHint(pid, EnvironmentBlock.Find(environment, "SSH_AUTH_SOCK"), ConnectionVariable.ValueIn(environment));
            if (hint.AgentPath is not null || hint.Connection is not null)
            {
                hints.Add(hint);
            }
        }

        string? connection = hints.Find(hint => hint.Pid == caller.Pid)?.Connection;
        Caller known = caller with { ClientAddress = ConnectionVariable.ClientAddressOf(connection), Environments = hints };
        return isOwnRead ? known.Knowing(CallerFacts.Environment) : known;
    }

    /// <summary>Adds the caller's working directory and program. Folders on a file server may block: run on the worker.</summary>
    public static Caller WithProgram(Caller caller)
    {
        if (caller.Ancestors.Count == 0)
        {
            return caller;
        }

        Caller known = caller with { Folder = TargetOf($"/proc/{caller.Pid}/cwd"), Executable = TargetOf($"/proc/{caller.Pid}/exe") };
        return known is { Folder: not null, Executable: not null } ? known.Knowing(CallerFacts.Program) : known;
    }

    /// <summary>Adds what rules ask for. May block like <see cref="WithProgram"/>.</summary>
    public static Caller WithNeeds(Caller caller, CallerNeeds needs)
    {
        Caller known = needs.Program ? WithProgram(caller) : caller;
        if (needs.Above)
        {
            known = known with { Programs = [.. caller.Ancestors.SelectMany(ProgramsOf).Distinct()] };
            known = caller.Ancestors.Count < MaxAncestors && !caller.Ancestors.Any(pid => pid != caller.LoginPid && HidesProgram(pid))
                ? known
                : known with { Unread = known.Unread | CallerFacts.Above };
        }

        return needs.Variables.Count > 0 && caller.Ancestors.Count > 0 ? WithVariables(known, needs.Variables) : known;
    }

    /// <summary>One of ours that nobody may look into, which it can ask for itself (PR_SET_DUMPABLE). Those of root are not in question.</summary>
    private static bool HidesProgram(int pid) => TargetOf($"/proc/{pid}/exe") is null && ProcessStatus.IsOf(pid, CurrentProcess.Uid);

    /// <summary>Behind a very long environment nothing is read: the variable may be there.</summary>
    private static Caller WithVariables(Caller caller, IReadOnlyCollection<string> names)
    {
        string[] environment = ProcessFile.ReadEnvironment(caller.Pid) ?? [];
        string[] found = [.. from name in names let value = EnvironmentBlock.Find(environment, name) where value is not null select $"{name}={value}"];
        bool isWhole = environment.Sum(entry => (long)Encoding.UTF8.GetByteCount(entry) + 1) < ProcessFile.MaxLength - LongestVariable;
        return caller with { Variables = found, Unread = isWhole ? caller.Unread : caller.Unread | CallerFacts.Variables };
    }

    /// <summary>A script has its interpreter's path, and its own name.</summary>
    internal static IEnumerable<string> ProgramsOf(int pid)
    {
        if (TargetOf($"/proc/{pid}/exe") is string path)
        {
            yield return path;
        }

        if (ProcessStat.TryRead(pid, out ProcessStat stat))
        {
            yield return stat.Command;
        }
    }

    /// <summary>A process that has ended and was not waited for yet has none, and shows an empty environment.</summary>
    private static bool HasProgram(int pid) => SymbolicLink.TryRead($"/proc/{pid}/exe", out _);

    /// <summary>
    /// A program that was upgraded while the process runs, or a folder that was removed, still counts under its old path (proc_pid_exe(5)).
    /// </summary>
    internal static string? TargetOf(string link)
    {
        const string deleted = " (deleted)";
        if (!SymbolicLink.TryRead(link, out string target))
        {
            return null;
        }

        return target.EndsWith(deleted, StringComparison.Ordinal) ? target[..^deleted.Length] : target;
    }
}
