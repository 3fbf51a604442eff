using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Loop;

namespace Fairlead.StalePaths;

/// <summary>The login folders in /tmp that bear fairlead's mark, so that they stay ours when their logins end.</summary>
internal sealed class StalePathMarks
{
    private readonly FileWork files;
    private readonly uint uid;
    private readonly ChunkedWork<string, string> question;

    /// <summary>By folder; null where it is not known for whom an earlier daemon has marked it.</summary>
    private readonly Dictionary<string, MarkedSocket?> marked = [];

    public StalePathMarks(BlockingWorker worker, FileWork files, uint uid)
    {
        this.files = files;
        this.uid = uid;
        question = new ChunkedWork<string, string>(worker, folder => StalePathMark.IsMarked(folder, uid) ? folder : null);
    }

    /// <summary>Finds what an earlier daemon marked and did not come to clear.</summary>
    /// <param name="folders">This user's login folders; paths.</param>
    /// <returns>Whether all of them were looked at.</returns>
    public async ValueTask<bool> FindAsync(IReadOnlyList<string> folders)
    {
        (List<string> found, bool isComplete) = await question.AskAsync(folders);
        found.ForEach(folder => marked.TryAdd(folder, null));
        return isComplete;
    }

    /// <summary>Marks the folder of an agent that lives, and again when the mark is gone.</summary>
    public ValueTask MarkAsync(StalePath path, FileIdentity socket)
    {
        marked[path.Folder] = new MarkedSocket(path, socket);
        return RenewAsync(path.Folder);
    }

    /// <summary>Keeps the mark in the folder of a socket of our own; where there was none, there is none.</summary>
    public async ValueTask KeepAsync(StalePath path, FileIdentity socket)
    {
        if (marked.ContainsKey(path.Folder) || await files.DoAsync(() => StalePathMark.IsMarked(path.Folder, uid)))
        {
            await MarkAsync(path, socket);
        }
    }

    /// <summary>Puts the mark back where somebody has removed it (a cleaner of /tmp, a careless rm), as long as the socket is there that it was for.</summary>
    public async ValueTask RenewAsync(string folder)
    {
        if (marked.GetValueOrDefault(folder) is MarkedSocket socket)
        {
            await files.DoAsync(() => StalePathMark.IsTaken(folder) || StalePathMark.Mark(socket.Path, socket.Identity, uid));
        }
    }

    /// <inheritdoc cref="RenewAsync"/>
    public async Task RenewAllAsync()
    {
        foreach (string folder in marked.Keys.ToArray())
        {
            await RenewAsync(folder);
        }
    }

    /// <summary>
    /// Clears those that nobody needs any more; a folder in which there is nothing else goes with its mark. One in which somebody still listens of whom nothing
    /// is known here keeps it: whoever has marked it for that one clears it, or the next daemon at its start.
    /// </summary>
    public async ValueTask SweepAsync(IReadOnlySet<string> needed)
    {
        foreach (string folder in marked.Keys.Where(folder => !needed.Contains(folder)).ToArray())
        {
            marked.Remove(folder);
            await files.DoAsync(() => Clear(folder));
        }
    }

    /// <summary>Clears them all, but for folders in which somebody still listens: without the mark anybody could take the name at that one's end.</summary>
    public void ClearAll()
    {
        foreach (string folder in marked.Keys)
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
}

/// <summary>The socket that a folder is marked for: while it is there.</summary>
internal sealed record MarkedSocket(StalePath Path, FileIdentity Identity);
