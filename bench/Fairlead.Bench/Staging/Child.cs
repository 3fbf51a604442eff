using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Loop;
using Fairlead.Core.Linux.Spawning;

namespace Fairlead.Bench.Staging;

/// <summary>A process of the bench in a session of its own: a Ctrl-C reaches the bench alone, which ends the others by their ids.</summary>
internal sealed unsafe class Child : IDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private bool hasEnded;

    private Child(int pid) => Pid = pid;

    public int Pid { get; }

    public static Child Start(IReadOnlyList<string> environment, params string[] words)
    {
        int pid = DetachedProcess.Start(Find(words[0]), words, [.. environment], -1);
        return pid > 0 ? new Child(pid) : throw new InvalidOperationException($"cannot start {words[0]}: errno {-pid}");
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public void WaitForEnd()
    {
        hasEnded = true;
        _ = LibC.waitpid(Pid, null, 0);
    }

    public void Dispose()
    {
        if (hasEnded)
        {
            return;
        }

        hasEnded = true;
        _ = LibC.kill(Pid, Terminate);
        ProcessEnd.Await(Pid, Patience);
        _ = LibC.kill(Pid, LibC.SIGKILL); // one that has ended, and was not waited for yet, does not mind
        _ = LibC.waitpid(Pid, null, 0);
    }

    private static string Find(string program) => program.Contains('/')
        ? program
        : Stage.SearchPath.Split(':').Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"there is no {program} on this machine");
}
