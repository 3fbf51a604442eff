using System.Globalization;
using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Linux.Proc;

/// <summary>The processes that /proc shows.</summary>
/// <remarks>
/// All of them, however many: a limit would leave out those with the highest pids without a word, and the kernel has one of its own
/// (pid_max).
/// </remarks>
internal static class ProcessList
{
    private const string ProcFolder = "/proc";

    /// <summary>How many names are read at a time. The kernel continues after the last pid, whatever has come or gone meanwhile.</summary>
    private const int BatchSize = 64;

    /// <summary>The pids. It reads on while they are taken, so it never holds all of them. None if the folder cannot be read.</summary>
    public static IEnumerable<int> Read(string folder = ProcFolder)
    {
        if (OpenDirectory.TryOpen(folder, out OpenDirectory? opened) < 0)
        {
            yield break;
        }

        using (opened)
        {
            var batch = new List<int>(BatchSize);
            bool isEnd;
            do
            {
                batch.Clear();
                isEnd = opened!.ReadEach(""u8, (name, _) => AddPid(name, batch), read => read >= BatchSize);
                foreach (int pid in batch)
                {
                    yield return pid;
                }
            }
            while (!isEnd);
        }
    }

    /// <summary>Those that may be this user's (<see cref="ProcessStatus.MayBeOf"/>), some 2 us for each process of the machine.</summary>
    public static IEnumerable<int> ReadOf(uint uid) => Read().Where(pid => ProcessStatus.MayBeOf(pid, uid));

    private static void AddPid(ReadOnlySpan<char> name, List<int> pids)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
        {
            pids.Add(pid);
        }
    }
}
