using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Linux.Terminals;

namespace Fairlead.Core.Logins;

/// <summary>
/// The variables that sshd gave a login on one terminal: the first environment of a process that it started. Further down, programs may
/// have changed it, and the environment of a pane is older than the login.
/// </summary>
/// <param name="Entries">NAME=value strings.</param>
internal sealed record LoginEnvironment(int LoginPid, string Terminal, string[] Entries)
{
    /// <summary>A login has one for each terminal and command; with a shared connection it has many.</summary>
    private const int MaxChildren = 64;

    /// <summary>Null when none can be read. May block: run on the worker.</summary>
    public static LoginEnvironment? Read(ViewingLogin viewing)
    {
        IEnumerable<int> processes = viewing.Process > 0
            ? [viewing.Process]
            : new ChildProcesses().Of(viewing.LoginPid).Prepend(viewing.LoginPid).Take(MaxChildren).Where(child => TerminalOf(child) == viewing.Terminal);
        return (
            from process in processes
            let entries = ProcessFile.ReadEnvironment(process)
            where ConnectionVariable.ValueIn(entries) is not null
            select new LoginEnvironment(viewing.LoginPid, TerminalOf(process), entries)).FirstOrDefault();
    }

    /// <summary>Null when it is unset or empty.</summary>
    public string? ValueOf(string name) => EnvironmentBlock.Find(Entries, name);

    private static string TerminalOf(int process) =>
        ProcessStat.TryRead(process, out ProcessStat stat) ? TerminalDevice.NameOf(stat.Terminal) : "";
}

/// <summary>The place of the person who looks at a caller.</summary>
/// <param name="LoginPid">The process at which the login begins.</param>
/// <param name="Terminal">The login's terminal, below /dev; empty if <paramref name="Process"/> says more.</param>
/// <param name="Process">The process of the login that sshd started and that the caller descends from; 0 if there is none.</param>
internal readonly record struct ViewingLogin(int LoginPid, string Terminal, int Process);
