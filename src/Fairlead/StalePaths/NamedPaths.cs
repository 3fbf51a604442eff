using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;
using Fairlead.Core.Logins;

namespace Fairlead.StalePaths;

/// <summary>Finds out which agent paths the processes of this user name: SSH_AUTH_SOCK in the environment that each was started with.</summary>
/// <remarks>
/// Only processes that see the same files: the same mount namespace, or the path that they name is another one. What a running shell exported by hand is in no
/// first environment and is not found.
/// </remarks>
internal sealed class NamedPaths
{
    /// <summary>Beyond this the answer is not complete.</summary>
    private const int MaxProcesses = 32_768;

    /// <summary>Most environments are half as long; longer ones are read as a whole.</summary>
    private const int UsualLength = 8192;

    private static readonly TimeSpan ListDeadline = TimeSpan.FromSeconds(5);

    private readonly BlockingWorker worker;
    private readonly uint uid;
    private readonly ChunkedWork<int, NamingProcess> question;

    /// <summary>Reading their environment has not come back: they hold up no second thread.</summary>
    private readonly HashSet<int> stuck = [];

    /// <param name="isWanted">The paths that matter. Called on the worker.</param>
    public NamedPaths(BlockingWorker worker, uint uid, Func<string, bool> isWanted)
    {
        this.worker = worker;
        this.uid = uid;
        question = new ChunkedWork<int, NamingProcess>(
            worker, pid => Read(pid, isWanted), (pid, isStuck) => _ = isStuck ? stuck.Add(pid) : stuck.Remove(pid));
    }

    /// <returns>For each path the process that has named it longest; and whether every process was looked at.</returns>
    public async ValueTask<(IReadOnlyDictionary<string, NamingProcess> Processes, bool IsComplete)> ReadAsync()
    {
        int[]? all = await worker.RunAsync(() => ProcessList.Read().Take(MaxProcesses + 1).ToArray(), ListDeadline);
        if (all is null)
        {
            return (new Dictionary<string, NamingProcess>(), false);
        }

        int[] asked = [.. all.Take(MaxProcesses).Where(pid => pid != CurrentProcess.Pid && !stuck.Contains(pid))];
        (List<NamingProcess> found, bool isComplete) = await question.AskAsync(asked);
        Dictionary<string, NamingProcess> oldest = found
            .GroupBy(process => process.Path)
            .ToDictionary(group => group.Key, group => group.MinBy(process => process.Started)!);
        return (oldest, isComplete && all.Length <= MaxProcesses);
    }

    private NamingProcess? Read(int pid, Func<string, bool> isWanted)
    {
        // The folder in /proc belongs to the effective user: of a set-uid program that is not who wrote its environment, so the real one is asked, too.
        if (FileStatus.TryRead($"/proc/{pid}", out FileStatus process) < 0 || process.Uid != uid || !MountNamespace.IsOurs(pid))
        {
            return null;
        }

        string? path = PathNamedBy(pid);
        return path is not null && isWanted(path) && ProcessStatus.IsOf(pid, uid) && ProcessStat.TryRead(pid, out ProcessStat stat)
            ? new NamingProcess(path, pid, stat.Started)
            : null;
    }

    private static string? PathNamedBy(int pid)
    {
        Span<byte> block = stackalloc byte[UsualLength];
        int length = SmallFile.Read($"/proc/{pid}/environ", block);
        return length == block.Length
            ? EnvironmentBlock.Find(ProcessFile.ReadEnvironment(pid), EnvironmentBlock.AgentVariable)
            : EnvironmentBlock.Find(block[..Math.Max(0, length)], EnvironmentBlock.AgentVariable);
    }
}

/// <summary>A process whose first environment names a path as its agent.</summary>
/// <param name="Path">Its SSH_AUTH_SOCK.</param>
/// <param name="Started">Clock ticks since boot.</param>
internal sealed record NamingProcess(string Path, int Pid, ulong Started);
