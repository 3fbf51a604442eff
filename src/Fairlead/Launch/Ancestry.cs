using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Multiplexers;

namespace Fairlead.Launch;

/// <summary>This process and those above it, as far as /proc shows them.</summary>
internal sealed record Ancestry
{
    /// <summary>Deeper trees are not made by people.</summary>
    private const int MaxDepth = 128;

    /// <summary>This process first.</summary>
    public required IReadOnlyList<ProcessStat> Processes { get; init; }

    /// <summary>/proc hides what is above the last one (hidepid): its parent is a process that we may not see.</summary>
    public required bool IsCutShort { get; init; }

    public bool HasTerminal => Processes.Count > 0 && Processes[0].HasTerminal;

    /// <summary>The shell that ran fairlead.</summary>
    public int ParentPid => Processes.Count > 0 ? Processes[0].Parent : 0;

    /// <summary>Below a session process of sshd. Other SSH servers are told by their agent's peer: <see cref="Includes"/>.</summary>
    public bool IsBelowSshd => Processes.Any(IsSshd);

    /// <summary>In a pane of tmux or screen, also of one that was started at boot.</summary>
    public bool IsInMultiplexer => Processes.Any(process => MultiplexerSearch.KindOf(process) is not null);

    /// <summary>
    /// In a session of a person: below a login, or in a multiplexer that a login may show. The processes tell, for variables do not survive <c>su -</c>,
    /// <c>sudo -i</c> or <c>env -i</c>; where the processes are hidden, or the SSH server is another one, the variables do.
    /// </summary>
    /// <param name="hasVariables">The environment tells of an ssh session.</param>
    public bool IsInSession(bool hasVariables) => hasVariables || IsBelowSshd || IsInMultiplexer;

    /// <summary>
    /// On the terminal that sshd gave to its login, or like that without one. A multiplexer has others, also while it stands below the login itself, as
    /// screen does.
    /// </summary>
    public bool IsOnLoginTerminal => IsBelowSshd && Processes.TakeWhile(process => !IsSshd(process)).All(process => process.Terminal == Processes[0].Terminal);

    /// <summary>The last parent counts: it may be hidden.</summary>
    public bool Includes(int pid) => pid > 0 && Processes.Any(process => process.Pid == pid || process.Parent == pid);

    public static Ancestry Read()
    {
        var processes = new List<ProcessStat>();
        int pid = CurrentProcess.Pid;
        while (pid > 0 && processes.Count < MaxDepth)
        {
            if (!ProcessStat.TryRead(pid, out ProcessStat stat))
            {
                return new Ancestry { Processes = processes, IsCutShort = true };
            }

            processes.Add(stat);
            pid = stat.Parent;
        }

        return new Ancestry { Processes = processes, IsCutShort = false };
    }

    private static bool IsSshd(ProcessStat process) => process.Command is "sshd-session" or "sshd";
}
