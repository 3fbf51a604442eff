using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.StalePaths;

/// <summary>The login folders in /tmp that bear fairlead's mark, so that they stay ours when their logins end.</summary>
internal sealed class StalePathMarks
{
    private readonly BlockingWorker worker;
    private readonly FileWork files;
    private readonly string? sharedFolder;
    private readonly uint uid;
    private readonly ChunkedWork<string, string> question;
    private readonly HashSet<string> marked = [];

    public StalePathMarks(BlockingWorker worker, FileWork files, string? sharedFolder, uint uid)
    {
        this.worker = worker;
        this.files = files;
        this.sharedFolder = sharedFolder;
        this.uid = uid;
        question = new ChunkedWork<string, string>(worker, folder => StalePathMark.IsMarked(folder, uid) ? folder : null);
    }

    /// <summary>What an earlier daemon marked and did not come to clear.</summary>
    /// <returns>Whether all of the folder was looked at.</returns>
    public async ValueTask<bool> FindAsync()
    {
        if (sharedFolder is null)
        {
            return true;
        }

        string[]? folders = await worker.RunAsync(LoginFolders, TimeSpan.FromSeconds(5));
        (List<string> found, bool isComplete) = await question.AskAsync(folders ?? []);
        marked.UnionWith(found);
        return isComplete && folders is not null;
    }

    /// <summary>Marks the folder of an agent that lives.</summary>
    public async ValueTask MarkAsync(StalePath path, FileIdentity socket)
    {
        if (!marked.Contains(path.Folder) && await files.DoAsync(() => StalePathMark.Mark(path, socket, uid)))
        {
            marked.Add(path.Folder);
        }
    }

    /// <summary>Clears those that nobody needs any more; a folder in which there is nothing else goes with its mark.</summary>
    public async ValueTask SweepAsync(IReadOnlySet<string> needed)
    {
        foreach (string folder in marked.Where(folder => !needed.Contains(folder)).ToArray())
        {
            marked.Remove(folder);
            await files.DoAsync(() => Clear(folder));
        }
    }

    public void ClearAll()
    {
        foreach (string folder in marked)
        {
            Clear(folder);
        }

        marked.Clear();
    }

    private bool Clear(string folder)
    {
        StalePathMark.Clear(folder, uid);
        return true;
    }

    private string[] LoginFolders()
    {
        if (OpenDirectory.TryOpen(sharedFolder!, out OpenDirectory? opened) < 0)
        {
            return [];
        }

        using OpenDirectory folder = opened!;
        return [.. folder.EntriesWith("ssh-"u8).Where(entry => StalePathPatterns.IsLoginFolder(entry.Name)).Select(entry => $"{sharedFolder}/{entry.Name}")];
    }
}
