using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;
using Fairlead.Core.Multiplexers;
using Fairlead.Launch;
using Fairlead.Shell;

namespace Fairlead.Doctor;

/// <summary>Finds the processes of this user that were started with the path of an agent that is dead.</summary>
internal static class StalePathProcessSearch
{
    /// <summary>As many as a person can take care of at one time.</summary>
    private const int MaxNamed = 12;

    /// <param name="here">This process and those above it. What they name, and all that runs beside them, is told as "this shell".</param>
    public static IReadOnlyList<StalePathProcess> Find(uint uid, ListeningPaths paths, Ancestry here)
    {
        List<(ProcessStat Stat, string Path)> dead =
        [
            .. from pid in ProcessList.ReadOf(uid)
               where !here.Includes(pid) && ProcessStatus.IsOf(pid, uid) && MountNamespace.IsOurs(pid)
               let stat = Stat(pid)
               where !IsBeside(stat, here)
               let path = EnvironmentBlock.Find(ProcessFile.ReadEnvironment(pid), EnvironmentBlock.AgentVariable)
               where path is not null && path.StartsWith('/') && !paths.Serves(path)
               select (stat, path),
        ];
        HashSet<int> pids = [.. dead.Select(process => process.Stat.Pid)];

        // A process that hands the path on stands for its children. A multiplexer's own is told with what it gives to new panes.
        return
        [
            .. dead
                .Where(process => MultiplexerSearch.KindOf(process.Stat) is null && (Shells.OfProgram(process.Stat.Command) is not null || !pids.Contains(process.Stat.Parent)))
                .OrderBy(process => process.Stat.Started)
                .Take(MaxNamed)
                .Select(process => new StalePathProcess(process.Stat.Pid, process.Stat.Command, Shells.OfProgram(process.Stat.Command), process.Path)),
        ];
    }

    /// <summary>The rest of the pipeline that doctor runs in, and other jobs of its shell: they come and go with what is typed here.</summary>
    private static bool IsBeside(ProcessStat process, Ancestry here) =>
        here.Processes is [var own, var shell, ..]
        && (process.Group == own.Group || (process.Parent == shell.Pid && Shells.OfProgram(shell.Command) is not null));

    private static ProcessStat Stat(int pid) => ProcessStat.TryRead(pid, out ProcessStat stat) ? stat : default;
}

/// <summary>A process that was started with the path of an agent at which nobody listens any more.</summary>
/// <param name="Command">As it names itself.</param>
/// <param name="Shell">Null for any other program.</param>
internal sealed record StalePathProcess(int Pid, string Command, ShellKind? Shell, string Path);
