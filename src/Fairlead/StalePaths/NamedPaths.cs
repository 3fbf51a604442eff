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
    /// <summary>Most environments are half as long; longer ones are read as a whole.</summary>
    private const int UsualLength = 8192;

    private readonly uint uid;
    private readonly ChunkedWork<int, NamingProcess> question;

    /// <summary>Reading their environment has not come back: they hold up no second thread.</summary>
    private readonly HashSet<int> stuck = [];

    /// <param name="isWanted">The paths that matter. Called on the worker.</param>
    public NamedPaths(BlockingWorker worker, uint uid, Func<string, bool> isWanted)
    {
        this.uid = uid;
        question = new ChunkedWork<int, NamingProcess>(
            worker, pid => Read(pid, isWanted), (pid, isStuck) => _ = isStuck ? stuck.Add(pid) : stuck.Remove(pid));
    }

    /// <returns>For each path the process that has named it longest; and whether every process was looked at.</returns>
    public async ValueTask<(IReadOnlyDictionary<string, NamingProcess> Processes, bool IsComplete)> ReadAsync()
    {
        bool isListed = false; // without a free descriptor there is no list, and that does not mean that nobody names a path
        (List<NamingProcess> found, bool isComplete) = await question.AskAsync(Asked());
        Dictionary<string, NamingProcess> oldest = found
            .GroupBy(process => process.Path)
            .ToDictionary(group => group.Key, group => group.MinBy(process => process.Started)!);
        return (oldest, isComplete && isListed);

        IEnumerable<int> Asked()
        {
            foreach (int pid in ProcessList.Read())
            {
                isListed = true;
                if (pid != CurrentProcess.Pid && !stuck.Contains(pid))
                {
                    yield return pid;
                }
            }
        }
    }

    private NamingProcess? Read(int pid, Func<string, bool> isWanted)
    {
        // The folder in /proc belongs to the effective user: of a set-uid program that is not who wrote its environment, so the real one is asked, too.
        if (FileStatus.TryRead($"/proc/{pid}", out FileStatus process) < 0 || process.Uid != uid)
        {
            return null;
        }

        // Few processes name such a path, so the other questions come after it.
        string? path = PathNamedBy(pid);
        return path is not null && isWanted(path) && MountNamespace.IsOurs(pid) && ProcessStatus.IsOf(pid, uid) && ProcessStat.TryRead(pid, out ProcessStat stat)
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
