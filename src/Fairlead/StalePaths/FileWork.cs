using Fairlead.Core.Linux.Loop;

namespace Fairlead.StalePaths;

/// <summary>Work on a few files: at once where they are on this machine's own disks, on the worker where they may not be.</summary>
internal sealed class FileWork(BlockingWorker worker, bool mayBlock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>What the work gives, or <c>default</c> when it is not done in time.</summary>
    /// <param name="late">Gets, on the loop, what came after that.</param>
    public async ValueTask<T?> DoAsync<T>(Func<T> work, Action<T?>? late = null) =>
        mayBlock ? await worker.RunAsync(work, Deadline, late) : work();
}
