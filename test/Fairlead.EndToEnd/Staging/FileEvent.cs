namespace Fairlead.EndToEnd.Staging;

/// <summary>Waits for a file to appear in a folder that exists.</summary>
internal static class FileEvent
{
    public static async Task Appears(string path, Func<Task<string>>? describe = null)
    {
        var appeared = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
        watcher.Created += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        // It may have appeared before the watch began.
        Look();
        await Deadline.Keep(appeared.Task, async () => $"{path} did not appear\n{(describe is null ? "" : await describe())}");

        void Look()
        {
            if (File.Exists(path))
            {
                appeared.TrySetResult(true);
            }
        }
    }
}
