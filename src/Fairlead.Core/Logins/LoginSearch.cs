using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Proc;

namespace Fairlead.Core.Logins;

/// <summary>
/// Finds all logins of this user, also those without an agent, by the titles of sshd's session processes. For reports, and to know whose
/// typing to watch; not for a choice.
/// </summary>
internal static class LoginSearch
{
    /// <summary>For one slice; a person waits for the report.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Looks at the processes a slice at a time, so that a choice does not wait for all of them. If a look is stuck, those before it are
    /// the answer.
    /// </summary>
    /// <returns>In the order of their pids; with hidepid none is found.</returns>
    public static async ValueTask<SortedSet<int>> FindAsync(BlockingWorker worker, IEnumerable<int> processes)
    {
        uint uid = CurrentProcess.Uid;
        (List<FoundLogin> found, _) = await new ChunkedWork<int, FoundLogin>(worker, pid => Look(pid, uid)) { Deadline = Deadline }.AskAsync(processes);
        return [.. found.Select(login => login.Pid)];
    }

    private static FoundLogin? Look(int pid, uint uid) =>
        ProcessStatus.MayBeOf(pid, uid) && IsSshd(pid) && LoginTitle.Of(pid) is not null && ProcessStatus.IsOf(pid, uid) ? new FoundLogin(pid) : null;

    /// <summary>Its name alone is cheaper to read than its line of facts, for which the kernel adds up all threads.</summary>
    private static bool IsSshd(int pid)
    {
        Span<byte> name = stackalloc byte[32];
        int length = SmallFile.Read($"/proc/{pid}/comm", name);
        ReadOnlySpan<byte> read = name[..Math.Max(0, length)];
        return read.SequenceEqual("sshd\n"u8) || read.SequenceEqual("sshd-session\n"u8);
    }

    private sealed record FoundLogin(int Pid);
}
