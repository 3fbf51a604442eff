using Fairlead.Core.Linux.Files;

namespace Fairlead.Core.Agents;

/// <summary>
/// Decides which sockets fairlead may use. An agent answers with signatures, and <c>ssh-add</c> sends it private keys, so nobody else may
/// be able to take its place: the folder belongs to us or root, only its owner may write to it (sshd makes its socket 0755 inside a 0700
/// folder, Tailscale a folder of root's with 0755), and the socket is ours.
/// </summary>
internal static class SocketTrust
{
    /// <summary>How far a chain of symbolic links is followed (the kernel's own limit is 40).</summary>
    private const int MaxLinks = 8;

    public static Refusal? ExamineFolder(FileStatus folder, uint uid)
    {
        if (folder.Kind != FileKind.Directory || (folder.Uid != uid && folder.Uid != 0))
        {
            return Refusal.FolderOfAnotherUser;
        }

        return folder.IsWritableByOthers ? Refusal.FolderWritableByOthers : null;
    }

    public static Refusal? ExamineSocket(FileStatus socket, uint uid)
    {
        if (socket.Kind != FileKind.Socket)
        {
            return Refusal.NotASocket;
        }

        return socket.Uid == uid ? null : Refusal.SocketOfAnotherUser;
    }

    /// <summary>
    /// Examines one path from the configuration or a login: follows only symbolic links that nobody but us or root can have made.
    /// </summary>
    /// <param name="resolved">Where the socket really is.</param>
    /// <param name="status">The status of the file there; <c>default</c> if there is none.</param>
    public static Refusal? Examine(string path, uint uid, out string resolved, out FileStatus status)
    {
        resolved = path;
        status = default;
        for (int links = 0; links < MaxLinks; links++)
        {
            status = default;
            string folderPath = Path.GetDirectoryName(resolved) ?? "/";
            if (FileStatus.TryReadTarget(folderPath, out FileStatus folder) < 0 || FileStatus.TryRead(resolved, out status) < 0)
            {
                return Refusal.NotASocket;
            }

            if (IsLinkInStickyFolder(folderPath))
            {
                return Refusal.LinkInStickyFolder;
            }

            bool isLink = status.Kind == FileKind.SymbolicLink;
            Refusal? refusal = isLink && folder.IsSticky ? Refusal.LinkInStickyFolder : ExamineFolder(folder, uid);
            if (refusal is not null || !isLink)
            {
                return refusal ?? ExamineSocket(status, uid);
            }

            if (!SymbolicLink.TryRead(resolved, out string target))
            {
                return Refusal.NotASocket;
            }

            resolved = Path.GetFullPath(target, folderPath);
        }

        return Refusal.NotASocket;
    }

    /// <summary>A linked ~/.ssh is the person's own choice; anyone can make a link in /tmp.</summary>
    private static bool IsLinkInStickyFolder(string path) =>
        FileStatus.TryRead(path, out FileStatus status) >= 0
        && status.Kind == FileKind.SymbolicLink
        && FileStatus.TryReadTarget(Path.GetDirectoryName(path) ?? "/", out FileStatus parent) >= 0
        && parent.IsSticky;
}
