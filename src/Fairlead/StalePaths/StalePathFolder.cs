using Fairlead.Core.Agents;
using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;
using Fairlead.Core.Linux.Sockets;

namespace Fairlead.StalePaths;

/// <summary>The folder of an old path, held open after it was found to be ours alone.</summary>
/// <remarks>
/// What is done below it by its path is done in the folder that was checked: the folder above is root's and sticky, so that only we and root can rename or
/// remove a folder of ours in it, and a folder of ours with mode 0700 is nobody else's to put anything into. The folders above ~/.ssh/agent are
/// ours and nobody else may write to them.
/// </remarks>
internal sealed class StalePathFolder : IDisposable
{
    private const uint ModeBits = 0x1ff; // 0777

    private readonly OpenDirectory? above;

    private StalePathFolder(StalePath path, OpenDirectory? above, OpenDirectory folder, bool isNew)
    {
        Path = path;
        this.above = above;
        Directory = folder;
        IsNew = isNew;
    }

    public StalePath Path { get; }

    public OpenDirectory Directory { get; }

    /// <summary>It was made just now.</summary>
    public bool IsNew { get; }

    /// <param name="mayMake">Whether a folder in /tmp that is not there is made. ~/.ssh/agent is sshd's to make.</param>
    /// <returns>The folder, or why it may not be used, or minus errno where the system does not let us.</returns>
    public static (StalePathFolder? Folder, Refusal? Refusal, int Error) Open(StalePath path, uint uid, bool mayMake) =>
        path.IsInSharedFolder ? OpenShared(path, uid, mayMake) : OpenInHome(path, uid);

    /// <summary>
    /// Takes away our mark, and the folder itself if nothing else is in it. Without the mark it is not ours to remove; and while somebody listens in it, sshd for a
    /// login or another fairlead, the mark stays: at that one's end the name would be anybody's.
    /// </summary>
    public void Clear(uint uid)
    {
        if (!Directory.EntriesWith(""u8).Exists(IsListenedAt))
        {
            RemoveMark(uid);
        }
    }

    /// <summary>Takes away our mark and the folder, but only if nothing else is in it.</summary>
    public void ClearIfUnused(uint uid)
    {
        if (Directory.EntriesWith(""u8).All(entry => entry.Name is "." or ".." or StalePathMark.Name))
        {
            RemoveMark(uid);
        }
    }

    /// <summary>Takes back what opening it made.</summary>
    public void RemoveIfNew(uint uid)
    {
        if (IsNew)
        {
            _ = StalePathMark.Remove(Directory, uid);
            RemoveIfEmpty();
        }
    }

    public void Dispose()
    {
        Directory.Dispose();
        above?.Dispose();
    }

    private bool IsListenedAt(DirectoryEntry entry) =>
        FileStatus.TryRead(Directory.Descriptor, entry.Name, out FileStatus status) >= 0
        && status.Kind == FileKind.Socket
        && UnixListener.IsHeld($"{Path.Folder}/{entry.Name}");

    private void RemoveMark(uint uid)
    {
        if (StalePathMark.Remove(Directory, uid))
        {
            RemoveIfEmpty();
        }
    }

    /// <summary>rmdir does not remove anything else, whoever put it there.</summary>
    private void RemoveIfEmpty()
    {
        if (above is not null)
        {
            _ = LibC.unlinkat(above.Descriptor, System.IO.Path.GetFileName(Path.Folder), LibC.AT_REMOVEDIR);
        }
    }

    private static (StalePathFolder?, Refusal?, int) OpenShared(StalePath path, uint uid, bool mayMake)
    {
        int result = OpenDirectory.TryOpen(System.IO.Path.GetDirectoryName(path.Folder)!, out OpenDirectory? above);
        if (result < 0)
        {
            return (null, null, result);
        }

        (StalePathFolder? folder, Refusal? refusal, int error) = OpenBelow(above!, path, uid, mayMake);
        if (folder is null)
        {
            above!.Dispose();
        }

        return (folder, refusal, error);
    }

    private static (StalePathFolder?, Refusal?, int) OpenBelow(OpenDirectory above, StalePath path, uint uid, bool mayMake)
    {
        if (above.Status is not { Uid: 0, IsSticky: true })
        {
            return (null, Refusal.SharedFolderUnsafe, 0);
        }

        string name = System.IO.Path.GetFileName(path.Folder);
        int made = mayMake ? LibC.Result(LibC.mkdirat(above.Descriptor, name, FilePermissions.OwnersFolder)) : -Errno.EEXIST;
        if (made < 0 && made != -Errno.EEXIST)
        {
            return (null, null, made);
        }

        // Whose it is, before it is opened: another user's 0700 folder cannot be, and a link or a pipe of theirs is not to be touched.
        int result = FileStatus.TryRead(above.Descriptor, name, out FileStatus status);
        if (result >= 0 && (status.Uid != uid || status.Kind != FileKind.Directory))
        {
            return (null, status.Uid != uid ? Refusal.TakenByAnotherUser : Refusal.FolderNotPrivate, 0);
        }

        OpenDirectory? folder = null;
        result = result < 0 ? result : OpenDirectory.TryOpen(above.Descriptor, name, out folder);
        if (result >= 0)
        {
            return Examined(new StalePathFolder(path, above, folder!, isNew: made >= 0), uid);
        }

        if (made >= 0)
        {
            _ = LibC.unlinkat(above.Descriptor, name, LibC.AT_REMOVEDIR);
        }

        return (null, null, result);
    }

    private static (StalePathFolder?, Refusal?, int) OpenInHome(StalePath path, uint uid)
    {
        string above = System.IO.Path.GetDirectoryName(path.Folder)!;
        foreach (string parent in (string[])[System.IO.Path.GetDirectoryName(above)!, above])
        {
            int read = FileStatus.TryReadTarget(parent, out FileStatus status);
            if (read < 0 || SocketTrust.ExamineFolder(status, uid) is not null)
            {
                return read < 0 ? (null, null, read) : (null, Refusal.FolderNotPrivate, 0);
            }
        }

        int result = OpenDirectory.TryOpen(path.Folder, out OpenDirectory? folder);
        return result < 0 ? (null, null, result) : Examined(new StalePathFolder(path, null, folder!, isNew: false), uid);
    }

    /// <summary>Once more, of what was opened: this is what the rest is built on.</summary>
    private static (StalePathFolder?, Refusal?, int) Examined(StalePathFolder folder, uint uid)
    {
        FileStatus status = folder.Directory.Status;
        bool isOurs = status.Kind == FileKind.Directory && status.Uid == uid;
        if (isOurs && (status.Permissions & ModeBits) == FilePermissions.OwnersFolder)
        {
            return (folder, null, 0);
        }

        folder.Directory.Dispose();
        return (null, isOurs ? Refusal.FolderNotPrivate : Refusal.TakenByAnotherUser, 0);
    }
}
