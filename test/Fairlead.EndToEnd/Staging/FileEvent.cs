namespace Fairlead.EndToEnd.Staging;

/// <summary>Waits for what happens to a file or a folder.</summary>
internal static class FileEvent
{
    /// <summary>Waits for a file or a folder to be there, and for the folders above it first: only one that exists can be watched.</summary>
    public static async Task Appears(string path, Func<Task<string>>? describe = null)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            await Appears(folder, describe);
        }
        var appeared = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder);
        watcher.Created += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        // It may have appeared before the watch began.
        Look();
        await appeared.Task.InTime(async () => $"{path} did not appear\n{(describe is null ? "" : await describe())}");

        void Look()
        {
            if (Path.Exists(path))
            {
                appeared.TrySetResult(true);
            }
        }
    }

    /// <summary>Waits for the next time that a file is written; it is watched from the call on.</summary>
    public static async Task Changes(string path)
    {
        var changed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        watcher.Changed += (_, _) => changed.TrySetResult(true);
        watcher.EnableRaisingEvents = true;
        await changed.Task.InTime(() => Task.FromResult($"{path} did not change"));
    }

    /// <summary>Waits for a file or a folder to be gone.</summary>
    public static async Task Disappears(string path)
    {
        var disappeared = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
        watcher.Deleted += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await disappeared.Task.InTime(() => Task.FromResult($"{path} did not disappear"));

        void Look()
        {
            if (!Path.Exists(path))
            {
                disappeared.TrySetResult(true);
            }
        }
    }
}
