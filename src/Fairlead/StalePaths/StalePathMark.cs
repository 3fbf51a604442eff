using Fairlead.Core.Linux.Files;
using Fairlead.Core.Linux.Interop;

namespace Fairlead.StalePaths;

/// <summary>
/// An empty file in a login's folder in /tmp. With it sshd's rmdir fails at logout, so that the folder stays ours and nobody can take the name
/// that programs still know (measured, OpenSSH 9.2); and it says later that fairlead may remove the folder.
/// </summary>
internal static class StalePathMark
{
    public const string Name = ".fairlead";

    /// <summary>Marks the folder of an agent that lives. Through the opened folder, so that it lands where the agent is.</summary>
    /// <param name="socket">The agent's: a login that has ended meanwhile gets no mark.</param>
    /// <returns>Whether the folder is marked now.</returns>
    public static bool Mark(StalePath path, FileIdentity socket, uint uid)
    {
        (StalePathFolder? opened, _, _) = StalePathFolder.Open(path, uid, mayMake: false);
        using StalePathFolder? folder = opened;
        return folder is not null
            && FileStatus.TryRead(folder.Directory.Descriptor, path.Name, out FileStatus status) >= 0
            && status.Identity == socket
            && Place(folder.Directory, uid) >= 0;
    }

    /// <summary>Zero, also when it is there already, or minus errno: EEXIST when something else has its name.</summary>
    public static int Place(OpenDirectory folder, uint uid)
    {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        int created = LibC.Result(LibC.openat(folder.Descriptor, Name, flags, FilePermissions.OwnersReadAndWrite));
        if (created >= 0)
        {
            return LibC.close(created);
        }

        return created == -Errno.EEXIST && IsIn(folder, uid) ? 0 : created;
    }

    /// <summary>An empty file of ours with no second name: nobody's data.</summary>
    public static bool IsIn(OpenDirectory folder, uint uid) =>
        FileStatus.TryRead(folder.Descriptor, Name, out FileStatus status) >= 0
        && status is { Kind: FileKind.Regular, Length: 0, LinkCount: 1 }
        && status.Uid == uid;

    /// <returns>Whether there was one.</returns>
    public static bool Remove(OpenDirectory folder, uint uid) =>
        IsIn(folder, uid) && LibC.unlinkat(folder.Descriptor, Name, 0) == 0;

    /// <inheritdoc cref="StalePathFolder.Clear"/>
    public static void Clear(string path, uint uid)
    {
        (StalePathFolder? opened, _, _) = StalePathFolder.Open(new StalePath($"{path}/{Name}", IsInSharedFolder: true), uid, mayMake: false);
        using StalePathFolder? folder = opened;
        folder?.Clear(uid);
    }

    /// <summary>Whether something has the mark's name there: then sshd's rmdir fails, whatever it is. One call, for those that are looked at often.</summary>
    public static bool IsTaken(string path) => FileStatus.TryRead($"{path}/{Name}", out _) >= 0;

    /// <summary>Whether the login's folder is one of ours and marked.</summary>
    public static bool IsMarked(string path, uint uid)
    {
        if (FileStatus.TryRead(path, out FileStatus status) < 0 || status.Uid != uid || OpenDirectory.TryOpen(path, out OpenDirectory? opened) < 0)
        {
            return false;
        }

        using OpenDirectory folder = opened!;
        return folder.Status.Uid == uid && IsIn(folder, uid);
    }
}
